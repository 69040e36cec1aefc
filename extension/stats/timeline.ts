export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface TimelineOptions {
  /** Milliseconds that share one moment. */
  readonly interval: number;
  /** Most moments that are kept. */
  readonly capacity: number;
  /** What happens when they are more: the oldest are forgotten, or all are thinned to half as many. */
  readonly whenFull: 'forget' | 'thin';
}

/** A series of moments that never takes more room than it was given. Moments of one interval become one. */
export class Timeline<T extends Moment> {
  readonly #options: TimelineOptions;
  #interval: number;
  #moments: T[] = [];

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.#interval = options.interval;
  }

  /** Oldest first. */
  get moments(): readonly T[] {
    return this.#moments;
  }

  /** @param moment later than those before it. */
  add(moment: T): void {
    this.#put(moment);
    const { capacity, whenFull } = this.#options;
    if (this.#moments.length <= capacity) return;
    if (whenFull === 'forget') this.#moments.shift();
    else this.#thin();
  }

  /** What the later one does not say, the earlier one still does. */
  #put(moment: T): void {
    const last = this.#moments.at(-1);
    if (last !== undefined && this.#slot(last) === this.#slot(moment))
      this.#moments[this.#moments.length - 1] = { ...last, ...moment };
    else this.#moments.push(moment);
  }

  #thin(): void {
    const all = this.#moments;
    // Half, and one where the intervals do not begin with the first moment. Moments far apart share no interval until it
    // is long enough.
    while (this.#moments.length > this.#options.capacity / 2 + 1) {
      this.#interval *= 2;
      this.#moments = [];
      for (const moment of all) this.#put(moment);
    }
  }

  #slot({ at }: T): number {
    return Math.floor(at / this.#interval);
  }
}
