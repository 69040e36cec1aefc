import { noteTooLarge } from '../errors.js';
import type { EventId } from '../views.js';
import type { Window } from '../window/window.js';
import { allTokens, type Renderer } from './renderer.js';

/** What may still be pinned: the budget, less what is pinned in the window and what is on its way there. */
export class PinnedRoom {
  readonly #window: Pick<Window, 'pinned'>;
  readonly #renderer: Renderer;
  readonly #budget: number;
  /** Notes that are not pinned in the window yet, by their ids. */
  readonly #held = new Map<EventId, string>();

  /** @param budget tokens of all pinned spans */
  constructor(window: Pick<Window, 'pinned'>, renderer: Renderer, budget: number) {
    this.#window = window;
    this.#renderer = renderer;
    this.#budget = budget;
  }

  /** @throws EngineError `windowFull` when they do not all fit. */
  require(notes: readonly string[]): void {
    if (notes.length === 0) return;
    let pinned = this.#window.pinned;
    for (const note of this.#held.values()) pinned += this.#tokensOf(note);
    for (const note of notes) {
      const tokens = this.#tokensOf(note);
      if (pinned + tokens > this.#budget) throw noteTooLarge(tokens, pinned, this.#budget);
      pinned += tokens;
    }
  }

  hold(id: EventId, note: string): void {
    this.#held.set(id, note);
  }

  release(id: EventId): void {
    this.#held.delete(id);
  }

  #tokensOf(note: string): number {
    return allTokens(this.#renderer.render('memory', note)).length;
  }
}
