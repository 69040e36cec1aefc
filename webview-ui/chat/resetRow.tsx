import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';

export function ResetRow({ event }: { readonly event: EventView }) {
  const label = t('Window reset, {0}', formatTime(event.at, Date.now()));
  return (
    <div class="reset-mark" role="separator" aria-label={label}>
      <span>{label}</span>
    </div>
  );
}
