import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';

/** "Reset Window" and its undoing: a line across the transcript. */
export function MarkRow({ event }: { readonly event: EventView }) {
  const time = formatTime(event.at, Date.now());
  const label = event.kind === 'undoReset' ? t('Reset undone, {0}', time) : t('Window reset, {0}', time);
  return (
    <div class="mark" role="separator" aria-label={label} title={event.title}>
      <span>{label}</span>
    </div>
  );
}
