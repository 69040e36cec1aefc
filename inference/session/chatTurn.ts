import type { Sampling } from '../llama/sampling.js';
import type { EventView } from '../views.js';
import { appendEvent, titleOf, type SessionCore } from './core.js';
import { LoopGuard } from './loopGuard.js';
import type { Slice } from './scheduler.js';
import { StopText } from './stopText.js';
import { TextStream } from './textStream.js';

export interface ChatOptions {
  readonly temperature: number;
  readonly maxTokens: number;
}

export interface ChatResult {
  readonly reply: EventView;
  /** How many tokens were drawn for it. */
  readonly tokens: number;
  /** `length`: the most tokens of one reply were reached. `loop`: the model only repeated itself. */
  readonly stopped: 'end' | 'cancelled' | 'length' | 'loop';
}

type Written = Pick<ChatResult, 'stopped' | 'tokens'>;

/**
 * Nats by which the next token of a loop that has begun is made less likely, for each token that the loop has gone on.
 * Nothing else is: a penalty on all that came up lately, the usual way, makes the right name, path or line of code less
 * likely where it has to stand once more.
 */
export const LOOP_PENALTY = 0.25;

/**
 * Answers a message that is in the journal already: message into the window, then the reply token by token, into the
 * journal before it is shown. Stopping keeps what was written, and of a message what was read; one that was stopped
 * before its turn came does not enter the window.
 */
export async function answer(
  core: SessionCore,
  message: EventView,
  options: ChatOptions,
  slice: Slice,
  signal: AbortSignal,
): Promise<ChatResult> {
  const asked = performance.now();
  const withdrawn = signal.aborted;
  if (!withdrawn) await appendEvent(core, message, slice, { group: message.id }, signal);
  const reply = core.journal.startReply({ title: titleOf(message.text), at: core.now() });
  core.out.handleEvent(reply);
  let written: Written = { stopped: 'cancelled', tokens: 0 };
  let finished: EventView;
  try {
    if (!withdrawn) written = await write(core, reply, message, options, slice, signal, asked);
  } finally {
    // Also when the model fails in the middle: what was written stays, marked interrupted.
    finished = finish(core, reply, written.stopped === 'cancelled' ? 'interrupted' : 'complete');
  }
  return { reply: finished, ...written };
}

/** Whoever watches the reply learns that it is over, even where the disk has no room to note it: the next question does. */
function finish(core: SessionCore, reply: EventView, state: 'interrupted' | 'complete'): EventView {
  try {
    const finished = core.journal.finishReply(reply.id, state);
    core.out.handleEvent(finished);
    return finished;
  } catch (error) {
    core.out.handleEvent({ ...(core.journal.get(reply.id) ?? reply), state: 'interrupted' });
    throw error;
  }
}

async function write(
  core: SessionCore,
  reply: EventView,
  message: EventView,
  options: ChatOptions,
  slice: Slice,
  signal: AbortSignal,
  asked: number,
): Promise<Written> {
  const { live } = core;
  const { opening, closing } = core.renderer.render('reply', '');
  await live.open({
    kind: 'reply',
    title: reply.title,
    eventId: reply.id,
    at: reply.at,
    group: message.id,
    opening: opening.length,
  });

  const isStopped = (): boolean => signal.aborted;
  if (isStopped()) {
    // Stopped while the message was read: nothing is drawn.
    await live.append([...opening, ...closing], () => slice.stepAside('event'));
    return { stopped: 'cancelled', tokens: 0 };
  }
  const text = new TextStream(core.vocabulary);
  const stop = new StopText(core.renderer.replyClose);
  const show = (more: string): void => {
    if (more === '') return;
    core.journal.addPiece(reply.id, more);
    core.out.handleReplyDelta(reply.id, more);
  };

  const loop = new LoopGuard();
  const written: number[] = [];
  const sampling: Sampling = {
    temperature: options.temperature,
    penalty: { nats: LOOP_PENALTY, tokens: () => loop.next },
  };
  let stopped: ChatResult['stopped'] = 'end';
  // The last token that was shown is not in the window yet: it goes there together with what closes the reply.
  let pending: number[] = [];
  let last = performance.now();
  try {
    for await (const { token, endOfGeneration } of live.generate(opening, sampling)) {
      const now = performance.now();
      if (written.length === 0) core.speed.addFirstToken(now - asked);
      else core.speed.addToken(now - last);
      pending = [];
      if (endOfGeneration) break;
      written.push(token);
      pending = [token];
      show(stop.push(text.push(token)));
      if (stop.reached) break;
      if (isStopped()) stopped = 'cancelled';
      else if (loop.push(token)) stopped = 'loop';
      else if (written.length >= options.maxTokens) stopped = 'length';
      if (stopped !== 'end') break;
      await slice.stepAside('event');
      // Time that a completion took in between is not this reply's.
      last = performance.now();
    }
    show(stop.push(text.end()) + stop.end());
  } finally {
    // Also when the disk is full: what comes next must not look as if it belonged to this reply.
    await live.append([...pending, ...closing], () => slice.stepAside('event'));
  }
  return { stopped, tokens: written.length };
}
