import type { Speed } from '../views.js';

/** Weight of the newest token in the smoothed time per token. */
const SMOOTHING = 0.1;

/** How fast replies come. */
export class SpeedMeter {
  #perToken = 0;
  #timeToFirstToken = 0;

  /** @param milliseconds from question to first token. */
  addFirstToken(milliseconds: number): void {
    this.#timeToFirstToken = milliseconds;
  }

  /** @param milliseconds for one more token. */
  addToken(milliseconds: number): void {
    this.#perToken = this.#perToken === 0 ? milliseconds : this.#perToken + SMOOTHING * (milliseconds - this.#perToken);
  }

  get view(): Speed {
    return {
      tokensPerSecond: this.#perToken === 0 ? 0 : 1000 / this.#perToken,
      timeToFirstToken: this.#timeToFirstToken,
    };
  }
}
