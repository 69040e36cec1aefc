/** Milliseconds before each restart in a row. After as many restarts as there are delays, no more are tried. */
export const RESTART_DELAYS: readonly number[] = [200, 1_000, 2_000, 4_000, 8_000];

/** Deaths further back than this do not count as "in a row". */
export const FORGET_AFTER_MS = 5 * 60_000;

/** Decides whether and when a dead engine is started again. */
export class BackOff {
  readonly #delays: readonly number[];
  #deaths: number[] = [];

  constructor(delays: readonly number[] = RESTART_DELAYS) {
    this.#delays = delays;
  }

  /** Deaths in a row so far. */
  get count(): number {
    return this.#deaths.length;
  }

  /** Notes a death at `now` (milliseconds); returns the delay before the restart, or undefined to give up. */
  died(now: number): number | undefined {
    this.#deaths = [...this.#deaths.filter((at) => now - at < FORGET_AFTER_MS), now];
    return this.#delays[this.#deaths.length - 1];
  }

  /** The person asked for a new start: the past is forgotten. */
  reset(): void {
    this.#deaths = [];
  }
}
