import type { EventId } from '../../../inference/views.js';

interface Shown {
  readonly event: EventId;
  readonly text: string;
  /** Tokens of the stream when it came. */
  readonly at: number;
}

/** What the stream has shown so far, replies included, and which of it the window still holds. */
export class ShownEvents {
  readonly #all: Shown[] = [];

  add(event: EventId, text: string, at: number): void {
    this.#all.push({ event, text, at });
  }

  /** The last event that holds all of these: what answers a question about them. */
  lastWith(...words: readonly string[]): Shown | undefined {
    return this.#all.findLast(({ text }) => words.every((word) => text.includes(word)));
  }

  /** Whether anything in the window speaks of it. */
  isMentioned(words: string, inWindow: ReadonlySet<EventId>): boolean {
    return this.#all.some(({ event, text }) => inWindow.has(event) && text.includes(words));
  }
}
