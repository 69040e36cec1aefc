import { t } from '../l10n.js';
import { panel } from '../state/store.js';
import { deviceText, modelOf } from '../stats/sinkFacts.js';
import { engineIcon, engineText } from './engineText.js';
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
      <span class={`codicon codicon-${readOnly ? 'lock' : engineIcon(engine)}`} aria-hidden="true" />
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
        {reading ? t('Reading…') : readOnly ? t('Read-only') : engineText(engine)}
      </span>
    </header>
  );
}
