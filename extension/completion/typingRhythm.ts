/** Bounds of the wait, milliseconds. */
const LEAST = 30;
const MOST = 400;

/** While nothing is known yet. */
const FIRST = 75;

/** A longer gap between two keystrokes is a pause for thought and says nothing of how fast somebody types. */
const PAUSE = 1_000;

/** Weight of the newest reading in the running averages. */
const NEWEST = 0.2;

/** More than the usual gap: waiting that long means that the next keystroke is probably not coming. */
const BEYOND_GAP = 1.2;

/**
 * How long to wait after a keystroke before the model is asked. Where it answers between two keystrokes it is asked almost
 * at once; where it takes longer, only when the person seems to have stopped, so that it does not work in vain.
 */
export class TypingRhythm {
  #lastKey: number | undefined;
  #gap: number | undefined;
  #latency: number | undefined;

  /** @param at milliseconds, of any clock that only goes forward */
  addKeystroke(at: number): void {
    const gap = this.#lastKey === undefined ? undefined : at - this.#lastKey;
    this.#lastKey = at;
    if (gap !== undefined && gap > 0 && gap < PAUSE) this.#gap = average(this.#gap, gap);
  }

  /** @param milliseconds that the model took for a completion */
  addLatency(milliseconds: number): void {
    this.#latency = average(this.#latency, milliseconds);
  }

  /** Milliseconds. */
  get wait(): number {
    if (this.#gap === undefined || this.#latency === undefined) return FIRST;
    if (this.#latency < this.#gap / 2) return LEAST;
    return Math.round(Math.min(MOST, Math.max(LEAST, this.#gap * BEYOND_GAP)));
  }
}

function average(before: number | undefined, now: number): number {
  return before === undefined ? now : before + NEWEST * (now - before);
}
