/** Longest run of tokens, repeated over and over, that counts as a loop. */
const LONGEST_PERIOD = 128;

/** Tokens that must repeat before it is one: longer than what code and tables repeat on purpose. */
const LOOP = 72;

/** A longer run must have come up once, and so many times more. */
const TIMES = 3;

const loopLength = (period: number): number => Math.max(LOOP, TIMES * period);

/** From a third of that on a loop has begun: a run of more tokens has come again once. */
const begunLength = (period: number): number => Math.ceil(loopLength(period) / 3);

/**
 * Notices when a model only repeats itself. In a session that is never reset a loop would otherwise fill the window with
 * itself, and everything after it would be read in that light.
 */
export class LoopGuard {
  readonly #tokens: number[] = [];
  /** For each period: how many tokens in a row equal the token that many before them. */
  readonly #runs = new Array<number>(LONGEST_PERIOD + 1).fill(0);

  /** @returns whether the text has become a loop. */
  push(token: number): boolean {
    const at = this.#tokens.push(token) - 1;
    let looping = false;
    for (let period = 1; period <= LONGEST_PERIOD; period += 1) {
      const run = at >= period && this.#tokens[at - period] === token ? (this.#runs[period] ?? 0) + 1 : 0;
      this.#runs[period] = run;
      looping ||= run >= loopLength(period);
    }
    return looping;
  }

  /** The tokens that would go on with a loop that has begun, each once more for every token that it has gone on. */
  get next(): readonly number[] {
    const times = new Map<number, number>();
    for (const [period, run] of this.#runs.entries()) {
      const over = 1 + run - begunLength(period);
      const token = this.#tokens.at(-period);
      if (over > 0 && token !== undefined) times.set(token, Math.max(over, times.get(token) ?? 0));
    }
    return [...times].flatMap(([token, count]) => new Array<number>(count).fill(token));
  }
}
