import type { EventView } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { Markdown } from '../markdown/markdown.js';
import { announce } from '../shell/announcer.js';
import { IconButton } from '../shell/iconButton.js';
import { panel } from '../state/store.js';
import { Reading } from './reading.js';

export function ReplyRow({ event }: { readonly event: EventView }) {
  const streaming = event.state === 'streaming';
  const text = streaming ? (panel.writing.value?.text ?? event.text) : event.text;
  return (
    <article class="reply" aria-label={t('Endless answered')} aria-busy={streaming}>
      {text !== '' && <Markdown text={text} growing={streaming} />}
      {streaming && text === '' && <Reading />}
      {event.state === 'interrupted' && (
        <p class="reply-note">
          <span class="codicon codicon-debug-stop" aria-hidden="true" /> {t('Interrupted')}
        </p>
      )}
      {!streaming && text !== '' && (
        <IconButton
          class="reply-copy"
          icon="copy"
          label={t('Copy Answer')}
          onClick={() => {
            post({ type: 'copy', text });
            announce(t('Copied'));
          }}
        />
      )}
    </article>
  );
}
