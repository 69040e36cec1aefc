/** Longest run of tokens, repeated over and over, that counts as a loop. */
const LONGEST_PERIOD = 24;

/** Tokens that must repeat before it is one: longer than what code and tables repeat on purpose. */
const LOOP = 72;

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
      looping ||= run >= LOOP;
    }
    return looping;
  }
}
