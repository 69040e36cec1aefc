import type { EventView } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';
import { highlight } from '../markdown/highlight.js';
import { IconButton } from '../shell/iconButton.js';
import { dispatch } from '../state/store.js';
import { messageParts } from './messageParts.js';

export function MessageRow({ event }: { readonly event: EventView }) {
  return (
    <article class="message" aria-label={t('You asked')} title={formatTime(event.at, Date.now())}>
      <MessageText text={event.text} />
      <IconButton
        class="message-edit"
        icon="edit"
        label={t('Edit and Ask Again')}
        onClick={() => dispatch({ type: 'askedAgain', text: event.text })}
      />
    </article>
  );
}

function MessageText({ text }: { readonly text: string }) {
  return (
    <>
      {messageParts(text).map((part, index) =>
        part.kind === 'words' ? (
          <div key={index}>{part.text}</div>
        ) : (
          <pre key={index} class="message-code" tabIndex={0}>
            <code dangerouslySetInnerHTML={{ __html: highlight(part.text, part.language) }} />
          </pre>
        ),
      )}
    </>
  );
}
