import type { TokenTexts } from '../llama/tokenTexts.js';
import type { Vocabulary } from '../llama/vocabulary.js';

/** Tokens of the end that are left to the model, at most: each of them costs a step. */
const MOST_LEFT = 3;

export interface OpenEnded {
  /** The text but for its end. */
  readonly tokens: readonly number[];
  /** The end, which the model is to write once more. */
  readonly open: string;
}

/**
 * Splits off the end of a text that somebody is still typing. In the midst of a word its last tokens are those of a
 * shorter word, after which the model has hardly ever seen the rest: `Micr` is `Mic`, `r`, and `Microsoft` is `Mic`,
 * `ros`, `oft`. So they are not given to the model; it writes them anew, as tokens of its own choice.
 */
export function leaveEndOpen(text: string, vocabulary: Pick<Vocabulary, 'encode' | 'decode'>): OpenEnded {
  const tokens = vocabulary.encode(text);
  let kept = tokens.length;
  let closed = text;
  while (kept > 0 && tokens.length - kept < MOST_LEFT) {
    const shorter = vocabulary.decode(tokens.slice(0, kept - 1));
    // A character of several tokens, or spaces that come and go.
    if (!closed.startsWith(shorter) || shorter.length === closed.length) break;
    kept -= 1;
    closed = shorter;
    if (!/\w$/.test(closed) || !/^\w/.test(text.slice(closed.length))) break;
  }
  return { tokens: tokens.slice(0, kept), open: text.slice(closed.length) };
}

/** Sees to it that what the model writes begins with the open end. */
export class OpenEnd {
  readonly #open: string;
  readonly #texts: TokenTexts;
  readonly #encode: Vocabulary['encode'];
  #written = '';

  constructor(open: string, texts: TokenTexts, encode: Vocabulary['encode']) {
    this.#open = open;
    this.#texts = texts;
    this.#encode = encode;
  }

  /** Tokens that may come next; undefined once the end is written: any. */
  get allowed(): readonly number[] | undefined {
    const left = this.#open.slice(this.#written.length);
    if (left === '') return undefined;
    const usual = [this.#usual(left), ...(/^[ \t]{2,}$/.test(left) ? [this.#usual(left.slice(0, -1), true)] : [])];
    return [...new Set([...this.#texts.startingWith(left), ...usual.filter((token) => token !== undefined)])];
  }

  /** Takes what was written and returns what goes beyond the end. Undefined when it is another text. */
  push(text: string): string | undefined {
    const before = this.#written.length;
    this.#written += text;
    if (this.#written.length <= this.#open.length) return this.#open.startsWith(this.#written) ? '' : undefined;
    if (!this.#written.startsWith(this.#open)) return undefined;
    return this.#written.slice(Math.max(before, this.#open.length));
  }

  /** The token with which this text is written when nothing comes after it. @param whole only if it is all of the text */
  #usual(text: string, whole = false): number | undefined {
    const [first, ...others] = this.#encode(text);
    if (first === undefined || (whole && others.length > 0)) return undefined;
    const written = this.#texts.textOf(first);
    return written !== '' && text.startsWith(written) ? first : undefined;
  }
}
