import { t } from '../l10n.js';
import { announce, Announcer } from '../shell/announcer.js';
import { EngineProblem } from '../shell/engineProblem.js';
import { engineIcon, engineText } from '../shell/engineText.js';
import { remedyText } from '../shell/remedyText.js';
import type { EngineState } from '../../inference/views.js';
import { Charts } from './charts/charts.js';
import { Figures } from './figures.js';
import type { StatsView } from './messages.js';
import { deviceText, modelOf } from './sinkFacts.js';
import { sinkMarkdown } from './sinkMarkdown.js';
import { post } from './statsHost.js';
import { stats } from './statsStore.js';
import { Tables } from './tables.js';

/** Everything that is known of the window, its past, its model and its session. */
export function StatsPage() {
  const view = stats.value;
  return (
    <main class="stats">
      {view && (
        <>
          <Header view={view} />
          <Problem engine={view.engine} />
          {view.window ? (
            <>
              <Figures window={view.window} />
              <Charts stats={view} />
            </>
          ) : (
            <p class="stats-waiting">{t('The window will be shown as soon as the engine is ready.')}</p>
          )}
          <Tables stats={view} />
        </>
      )}
      <Announcer />
    </main>
  );
}

function Header({ view }: { readonly view: StatsView }) {
  const { engine } = view;
  const model = modelOf(engine);
  const copy = (): void => {
    post({ type: 'copy', text: sinkMarkdown(view) });
    announce(t('Copied'));
  };
  return (
    <header class="stats-header">
      <div class="stats-heading">
        <h1>{t('Sink Stats')}</h1>
        <p class="stats-about">
          <span class={`codicon codicon-${engineIcon(engine)}`} aria-hidden="true" />
          {model && <span>{model.name}</span>}
          {model && <span>{deviceText(model)}</span>}
          <span role="status" aria-label={t('Engine state')}>
            {engineText(engine)}
          </span>
        </p>
      </div>
      <vscode-button secondary onClick={copy}>
        <span slot="content-before" class="codicon codicon-copy" aria-hidden="true" />
        {t('Copy as Markdown')}
      </vscode-button>
    </header>
  );
}

/** What is wrong with the engine, with the buttons of an editor's page. */
function Problem({ engine }: { readonly engine: EngineState }) {
  return (
    <EngineProblem
      engine={engine}
      button={(remedy, first) => (
        <vscode-button key={remedy} secondary={!first} onClick={() => post({ type: 'remedy', remedy })}>
          {remedyText(remedy)}
        </vscode-button>
      )}
    />
  );
}
