import type { Random } from '../../../test/engine/gguf/random.js';

const FIRST =
  'cache retry window batch frame token queue socket buffer render layout cursor import export schema filter worker signal upload render page'.split(
    ' ',
  );
const SECOND =
  'limit size delay depth width count offset timeout budget margin weight period ratio index length height step quota level total'.split(
    ' ',
  );
const QUALIFIER = 'max min default initial total local remote shared inner outer'.split(' ');
const FOLDER = 'core net view data auth chart form store text tools'.split(' ');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const pick = (random: Random, words: readonly string[]): string => words[Math.floor(random.uniform() * words.length)]!;

/** Names of constants and paths of files, none twice. */
export class Names {
  readonly #random: Random;
  readonly #used = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** As `maxRetryDelay`. */
  constant(): string {
    return this.#fresh(
      (random) => pick(random, QUALIFIER) + capital(pick(random, FIRST)) + capital(pick(random, SECOND)),
    );
  }

  /** As `src/net/socketQueue.ts`; one path holds several constants. */
  path(): string {
    const random = this.#random;
    return `src/${pick(random, FOLDER)}/${pick(random, FIRST)}${capital(pick(random, SECOND))}.ts`;
  }

  /** 2 to 4 digits. */
  value(): number {
    return Math.floor(10 * 1000 ** this.#random.uniform());
  }

  #fresh(make: (random: Random) => string): string {
    for (let tries = 0; ; tries += 1) {
      // When the words run out, they are doubled.
      const name = make(this.#random) + (tries > 100 ? capital(pick(this.#random, FIRST)) : '');
      if (this.#used.has(name)) continue;
      this.#used.add(name);
      return name;
    }
  }
}
