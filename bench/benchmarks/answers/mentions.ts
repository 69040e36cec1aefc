import type { EventId } from '../../../inference/views.js';

/** What the stream has shown so far, replies included, to tell what the window still speaks of. */
export class Mentions {
  readonly #texts = new Map<EventId, string>();

  add(event: EventId, text: string): void {
    this.#texts.set(event, text);
  }

  /** Whether an event in the window has these words, not as a part of others. */
  has(words: string, inWindow: ReadonlySet<EventId>): boolean {
    const whole = new RegExp(`(?<![\\w$])${words.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?![\\w$])`);
    return [...inWindow].some((event) => whole.test(this.#texts.get(event) ?? ''));
  }
}
