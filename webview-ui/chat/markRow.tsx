import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';

/** What only marks something in the journal ("Reset Window", its undoing, an unpinned note): a line across. */
export function MarkRow({ event }: { readonly event: EventView }) {
  const label = labelOf(event, formatTime(event.at, Date.now()));
  return (
    <div class="mark" role="separator" aria-label={label} title={event.title}>
      <span>{label}</span>
    </div>
  );
}

function labelOf({ kind, title }: EventView, time: string): string {
  if (kind === 'unpin') return t('Unpinned: {0}', title);
  return kind === 'undoReset' ? t('Reset undone, {0}', time) : t('Window reset, {0}', time);
}
