import type { Speed } from '../views.js';

/** Weight of the newest token in the smoothed time per token. */
const SMOOTHING = 0.1;

/** Tokens over which latencies are told. */
const REMEMBERED = 512;

/** How fast replies come. */
export class SpeedMeter {
  readonly #latencies: number[] = [];
  #perToken = 0;
  #timeToFirstToken = 0;

  /** @param milliseconds from question to first token. */
  addFirstToken(milliseconds: number): void {
    this.#timeToFirstToken = milliseconds;
  }

  /** @param milliseconds for one more token. */
  addToken(milliseconds: number): void {
    this.#perToken = this.#perToken === 0 ? milliseconds : this.#perToken + SMOOTHING * (milliseconds - this.#perToken);
    this.#latencies.push(milliseconds);
    if (this.#latencies.length > REMEMBERED) this.#latencies.shift();
  }

  get view(): Speed {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return {
      tokensPerSecond: this.#perToken === 0 ? 0 : 1000 / this.#perToken,
      timeToFirstToken: this.#timeToFirstToken,
      ...(sorted.length === 0 ? {} : { tokenLatency: { median: at(0.5), p95: at(0.95), worst: at(1) } }),
    };
  }
}
