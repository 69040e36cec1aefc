import type { HealthView } from '../views.js';

/** Readings that make up "lately". Single tokens scatter by two or three nats, the mean of so many by less than a half. */
const RECENT = 32;

/** Readings before a baseline means anything. */
const ENOUGH = 2 * RECENT;

/** Nats of one reading: a single token that could not be, by what a float can tell, is no reason for an alarm. */
const MOST = 30;

/** Weight of one reading in the baseline. */
const SLOWNESS = 1 / 256;

/**
 * Nats above the baseline that no change of subject explains. Measured on the built-in models so far (`npm run bench --
 * stability`): a sound cache rises by 1.0 at the most, one that was broken on purpose by 1.9 at least.
 */
const JUMP = 1.75;

/**
 * How well the model predicts what is streamed in, in nats per token (its surprisal). After an eviction the cache could
 * be broken without anything failing; the text would then suddenly surprise the model. That is the alarm.
 */
export class Health {
  readonly #recent: number[] = [];
  #baseline = 0;
  #inBaseline = 0;
  #evicted = false;
  #alarm = false;

  /** @param nats negative log-probability of a token that was streamed in; no number where the model gave none. */
  addReading(nats: number): void {
    // What is no number comes of a broken cache alone, and would leave no mean a number.
    this.#recent.push(Number.isNaN(nats) ? MOST : Math.min(nats, MOST));
    const old = this.#recent.length > RECENT ? this.#recent.shift() : undefined;
    // A baseline that learned from a broken cache would end the alarm.
    if (old !== undefined && !this.#alarm) this.#learn(old);
    if (this.#evicted && this.#inBaseline >= ENOUGH) this.#alarm = this.#mean > this.#baseline + JUMP;
  }

  noteEviction(): void {
    this.#evicted = true;
  }

  /** The window was evaluated anew: what was read before says nothing about it. */
  noteReAnchor(): void {
    this.#recent.length = 0;
    this.#evicted = false;
    this.#alarm = false;
  }

  get view(): HealthView {
    return {
      state: this.#alarm ? 'alarm' : this.#inBaseline >= ENOUGH ? 'good' : 'unknown',
      surprisal: this.#mean,
      baseline: this.#baseline,
    };
  }

  get #mean(): number {
    return this.#recent.length === 0 ? 0 : this.#recent.reduce((sum, nats) => sum + nats, 0) / this.#recent.length;
  }

  #learn(nats: number): void {
    this.#inBaseline += 1;
    // An even mean at first, a slow one later.
    this.#baseline += Math.max(SLOWNESS, 1 / this.#inBaseline) * (nats - this.#baseline);
  }
}
