import { useEffect, useRef } from 'preact/hooks';
import type { WindowView } from '../../inference/views.js';
import { formatCount, formatShare } from '../format.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { announce } from '../shell/announcer.js';
import { dispatch, panel } from '../state/store.js';
import { modelFacts, modelOf, occupancy, occupantName, windowFacts, type Fact } from './sinkFacts.js';
import { sinkMarkdown } from './sinkMarkdown.js';

/** The numbers behind the map. Opened by hand or by "Show Sink Stats". */
export function SinkStats({ window }: { readonly window: WindowView }) {
  const details = useRef<HTMLDetailsElement>(null);
  const wishes = panel.statsWishes.value;
  useEffect(() => {
    if (wishes === 0) return;
    details.current?.scrollIntoView({ block: 'nearest' });
    details.current?.querySelector('summary')?.focus();
  }, [wishes]);
  const open = panel.statsOpen.value;
  return (
    <details
      ref={details}
      class="stats"
      open={open}
      onToggle={(event) => dispatch({ type: 'statsToggled', open: event.currentTarget.open })}
    >
      <summary>
        <span class={`codicon codicon-chevron-${open ? 'down' : 'right'}`} aria-hidden="true" />
        {t('Sink Stats')}
      </summary>
      {open && <StatsBody window={window} />}
    </details>
  );
}

function StatsBody({ window }: { readonly window: WindowView }) {
  const model = modelOf(panel.engine.value);
  const copy = (): void => {
    post({ type: 'copy', text: sinkMarkdown(window, model) });
    announce(t('Copied'));
  };
  return (
    <div class="stats-body" role="region" aria-label={t('Sink Stats')} tabIndex={0}>
      <FactTable caption={t('Stream')} facts={windowFacts(window, model)} />
      <OccupancyTable window={window} />
      {model && <FactTable caption={t('Model')} facts={modelFacts(model)} />}
      <button type="button" class="button button-secondary" onClick={copy}>
        {t('Copy as Markdown')}
      </button>
    </div>
  );
}

function FactTable({ caption, facts }: { readonly caption: string; readonly facts: readonly Fact[] }) {
  return (
    <table class="facts">
      <caption>{caption}</caption>
      <tbody>
        {facts.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OccupancyTable({ window }: { readonly window: WindowView }) {
  return (
    <table class="facts occupancy">
      <caption>{t('Occupancy')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Kind')}</th>
          <th scope="col">{t('Spans')}</th>
          <th scope="col">{t('Tokens')}</th>
          <th scope="col">{t('Share')}</th>
        </tr>
      </thead>
      <tbody>
        {occupancy(window).map(({ kind, spans, tokens }) => (
          <tr key={kind}>
            <th scope="row">
              <span class={kind === 'free' ? 'swatch swatch-free' : `swatch kind-${kind}`} aria-hidden="true" />
              {occupantName(kind)}
            </th>
            <td>{kind === 'free' ? '' : formatCount(spans)}</td>
            <td>{formatCount(tokens)}</td>
            <td>{formatShare(tokens, window.capacity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
