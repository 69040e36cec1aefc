import type { EventId, EventView } from '../views.js';
import type { CacheOptions } from './cacheOptions.js';
import { appendEvent, titleOf, type SessionCore } from './core.js';
import type { Head } from './head.js';
import { allTokens, isMark } from './renderer.js';
import { chooseReplay, unpinned } from './resume.js';
import type { Slice } from './scheduler.js';

/** What ordinary models are told; a built-in one brings the prompt that it was trained with. */
const SYSTEM_PROMPT = `You are Endless, a coding assistant inside the editor. This is one session that never ends: you see the person's edits as diffs, outlines of their files and the conversation, oldest first. What is not here you cannot see; say so rather than guess. Answer briefly, in Markdown.`;

const SHORT_SYSTEM_PROMPT = 'You are Endless, a coding assistant.';

/** Share of the window that is filled again after a start without a checkpoint; the rest is room for what comes. */
const REPLAY_SHARE = 0.6;

/** What the model is told before the stream begins. */
export interface Told {
  /** The system prompt that it was trained with: it knows no other. */
  readonly own: string | undefined;
  /** One line about the workspace. */
  readonly workspace: string | undefined;
}

/**
 * The longest prompt that the pinned budget bears: with the workspace where that leaves half of it to the person's notes,
 * a short one where the window is too small for ours.
 */
export function choosePrompt(
  workspace: string | undefined,
  budget: number,
  tokensIn: (prompt: string) => number,
): string {
  if (workspace !== undefined) {
    const full = `${SYSTEM_PROMPT}\n\n${workspace}`;
    if (tokensIn(full) <= budget / 2) return full;
  }
  return tokensIn(SYSTEM_PROMPT) <= budget ? SYSTEM_PROMPT : SHORT_SYSTEM_PROMPT;
}

/** How a stream begins, and how its text comes back into an empty window. */
export class Opening {
  readonly head: Head;
  readonly #core: SessionCore;
  readonly #cache: CacheOptions;
  readonly #prompt: string;

  constructor(core: SessionCore, cache: CacheOptions, told: Told) {
    this.#core = core;
    this.#cache = cache;
    const tokensOf = (prompt: string): number[] => allTokens(core.renderer.render('system', prompt));
    this.#prompt = told.own ?? choosePrompt(told.workspace, cache.pinnedTokens, (prompt) => tokensOf(prompt).length);
    const { bos } = core.vocabulary;
    this.head = {
      tokens: [...(bos === undefined ? [] : [bos]), ...tokensOf(this.#prompt)],
      sinks: cache.sinks,
      // A pinned prompt would be a sink, and the policy without sinks is there to show what happens without one.
      pinned: cache.policy.name !== 'window',
    };
  }

  /**
   * The window anew, from the text of the journal. Not the same cache as before: what was evicted has left no trace.
   *
   * @param waiting events that come into the window by themselves later.
   */
  async rebuild(slice: Slice, waiting: () => readonly EventId[]): Promise<void> {
    const { live, journal, renderer } = this.#core;
    await live.clear();
    await this.#begin();
    const { capacity, reserve } = live.window.limits;
    const room = capacity - reserve - live.window.pinned;
    const { pinned, recent } = chooseReplay(journal, renderer, {
      // The window may be smaller now than when they were pinned.
      pinned: this.#cache.pinnedTokens - live.window.pinned,
      recent: room * REPLAY_SHARE,
      waiting: new Set(waiting()),
    });
    await this.replay([...pinned, ...recent], slice);
  }

  /**
   * Whether the window holds these events, all of them. If not, nothing of what is there now would be left after them, and
   * evaluating them all may take as long as the session did: then `rebuild` is the same for less. Where nothing is
   * evicted, they must have room beside what is there.
   */
  holds(events: readonly EventView[]): boolean {
    const { live, renderer } = this.#core;
    const { capacity, reserve } = live.window.limits;
    let left = capacity - reserve - (live.policy.name === 'dense' ? live.window.used : live.window.pinned);
    for (let index = events.length - 1; index >= 0 && left >= 0; index -= 1) {
      const event = events[index];
      if (event !== undefined && !isMark(event.kind)) left -= allTokens(renderer.render(event.kind, event.text)).length;
    }
    return left >= 0;
  }

  /** Takes events of the journal into the window again. */
  async replay(events: readonly EventView[], slice: Slice): Promise<void> {
    const { live, journal } = this.#core;
    const supersede = (id: EventId): void => {
      if (journal.isSuperseded(id)) live.supersede(id);
    };
    for (const { eventId } of live.window.spans) if (eventId !== undefined) supersede(eventId);
    const pinned = new Set(journal.memories().map(({ id }) => id));
    let question: EventId | undefined;
    for (const event of events) {
      if (event.kind === 'unpin') await live.unpin(unpinned(event));
      if (event.kind === 'message') question = event.id;
      const inTurn = event.kind === 'message' || event.kind === 'reply';
      await appendEvent(this.#core, event, slice, {
        ...(pinned.has(event.id) ? { pinned: true } : {}),
        ...(inTurn && question !== undefined ? { group: question } : {}),
      });
      supersede(event.id);
    }
  }

  async #begin(): Promise<void> {
    const { live, now } = this.#core;
    const { tokens, sinks, pinned } = this.head;
    const noPause = (): Promise<void> => Promise.resolve();
    if (sinks > 0) {
      await live.open({ kind: 'sink', title: this.#cache.sinkMode, at: now(), pinned: true });
      await live.append(tokens.slice(0, sinks), noPause);
    }
    if (tokens.length > sinks) {
      await live.open({ kind: 'system', title: titleOf(this.#prompt), at: now(), pinned });
      await live.append(tokens.slice(sinks), noPause);
    }
  }
}
