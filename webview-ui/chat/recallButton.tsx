import type { EventView } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { isReadOnly } from '../shell/readOnly.js';
import { dispatch, panel } from '../state/store.js';

/** Brings an event that the model can no longer see back to the tail of the stream. */
export function RecallButton({ event }: { readonly event: EventView }) {
  const asked = panel.recalling.value.has(event.id);
  const engine = panel.engine.value;
  const ready = (engine.phase === 'ready' || engine.phase === 'answering') && !isReadOnly(engine);
  return (
    <button
      type="button"
      class="recall-button"
      title={t('Show this to the model again')}
      aria-label={t('Recall')}
      disabled={asked || !ready}
      onClick={() => {
        dispatch({ type: 'recallAsked', eventId: event.id });
        post({ type: 'recall', eventId: event.id });
      }}
    >
      <span class="codicon codicon-history" aria-hidden="true" />
      <span class="recall-word">{asked ? t('Recalling…') : t('Recall')}</span>
    </button>
  );
}
