import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';

export function MessageRow({ event }: { readonly event: EventView }) {
  return (
    <article class="message" aria-label={t('You asked')} title={formatTime(event.at, Date.now())}>
      {event.text}
    </article>
  );
}
