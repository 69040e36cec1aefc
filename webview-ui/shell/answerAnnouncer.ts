import { effect } from '@preact/signals';
import { t } from '../l10n.js';
import { panel } from '../state/store.js';
import { findEvent } from '../state/transcript.js';
import { announce } from './announcer.js';

/** Characters of an answer that are read aloud by themselves; the rest waits in the transcript. */
const MOST_SAID = 1200;

/** Tells a screen reader when an answer begins, and its text when it is whole: never token by token. */
export function announceAnswers(): void {
  let replyId: number | undefined;
  effect(() => {
    const writing = panel.writing.value;
    if (writing && writing.replyId !== replyId) announce(t('Answering'));
    else if (!writing && replyId !== undefined) {
      const reply = findEvent(panel.transcript.peek(), replyId);
      if (reply) announce(reply.text.slice(0, MOST_SAID));
    }
    replyId = writing?.replyId;
  });
}
