import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { dispatch } from '../state/store.js';

export function MessageRow({ event }: { readonly event: EventView }) {
  return (
    <article class="message" aria-label={t('You asked')} title={formatTime(event.at, Date.now())}>
      {event.text}
      <IconButton
        class="message-edit"
        icon="edit"
        label={t('Edit and Ask Again')}
        onClick={() => {
          dispatch({ type: 'typed', draft: event.text });
          dispatch({ type: 'focusWished' });
        }}
      />
    </article>
  );
}
