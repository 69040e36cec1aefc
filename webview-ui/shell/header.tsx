import type { EngineState } from '../../inference/views.js';
import { t } from '../l10n.js';
import { panel } from '../state/store.js';
import { deviceText, modelOf } from '../stats/sinkFacts.js';
import { isReadOnly, readOnlyReason } from './readOnly.js';

/** One quiet line: which model runs where, and what it is doing. */
export function Header() {
  const engine = panel.engine.value;
  const model = modelOf(engine);
  const asked = panel.pending.value !== undefined || panel.unanswered.value !== undefined;
  const reading = engine.phase === 'ready' && asked;
  const readOnly = isReadOnly(engine);
  const busy = engine.phase !== 'failed' && (engine.phase !== 'ready' || reading);
  return (
    <header class="header">
      {busy && <div class="progress" role="presentation" />}
      <span class={`codicon codicon-${readOnly ? 'lock' : iconOf(engine)}`} aria-hidden="true" />
      {model && (
        <span class="header-model" title={`${model.file}\n${deviceText(model)}`}>
          {model.name}
          <span class="header-device">{deviceText(model)}</span>
        </span>
      )}
      <span
        class="header-state"
        role="status"
        aria-label={t('Engine state')}
        title={readOnly ? readOnlyReason() : undefined}
      >
        {reading ? t('Reading…') : readOnly ? t('Read-only') : phaseText(engine)}
      </span>
    </header>
  );
}

function iconOf(engine: EngineState): string {
  switch (engine.phase) {
    case 'starting':
    case 'restarting':
      return 'loading codicon-modifier-spin';
    case 'failed':
      return 'error';
    case 'ready':
    case 'answering':
      return 'chip';
  }
}

function phaseText(engine: EngineState): string {
  switch (engine.phase) {
    case 'starting':
      return engine.detail === '' ? t('Starting…') : engine.detail;
    case 'restarting':
      return t('Restarting, attempt {0}', engine.attempt);
    case 'failed':
      return t('Not running');
    case 'ready':
      return t('Ready');
    case 'answering':
      return t('Answering…');
  }
}
