import { effect } from '@preact/signals';
import { panel } from '../state/store.js';
import { findEvent } from '../state/transcript.js';
import { announce } from './announcer.js';

/** Characters of an answer that are read aloud by themselves; the rest waits in the transcript. */
const MOST_SAID = 1200;

/** Reads an answer to a screen reader when it is whole, never token by token; that it began the header says. */
export function announceAnswers(): void {
  let replyId: number | undefined;
  effect(() => {
    const writing = panel.writing.value;
    if (!writing && replyId !== undefined) {
      const reply = findEvent(panel.transcript.peek(), replyId);
      if (reply) announce(reply.text.slice(0, MOST_SAID));
    }
    replyId = writing?.replyId;
  });
}
