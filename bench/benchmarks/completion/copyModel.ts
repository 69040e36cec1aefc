/** Tokens before the one that is looked for, at most. */
const ORDER = 4;

/** A word, a run of spaces, or a single sign. */
const TOKEN = /\w+|[^\S\n]+|[^]/g;

/**
 * The base line: a 5-gram with copy. It has read the same texts as the model, remembers all of them, and writes what came
 * last after the longest run of tokens that it knows.
 */
export class CopyModel {
  readonly #next = new Map<string, string>();
  readonly #before: CopyModel | undefined;

  /** @param before what has been read before, by another, which learns nothing of what is read here */
  constructor(before?: CopyModel) {
    this.#before = before;
  }

  read(text: string): void {
    const tokens = tokensOf(text);
    for (let at = 1; at < tokens.length; at += 1)
      for (let length = 1; length <= Math.min(ORDER, at); length += 1)
        this.#next.set(keyOf(tokens.slice(at - length, at)), tokens[at]!);
  }

  /** @param stop at which the writing ends; it is not written */
  write(before: string, most: number, stop: RegExp): string {
    const tokens = tokensOf(before).slice(-ORDER);
    let text = '';
    for (let count = 0; count < most; count += 1) {
      const token = this.#after(tokens);
      if (token === undefined) break;
      text += token;
      const end = text.search(stop);
      if (end >= 0) return text.slice(0, end);
      tokens.push(token);
    }
    return text;
  }

  #after(tokens: readonly string[]): string | undefined {
    for (let length = Math.min(ORDER, tokens.length); length > 0; length -= 1) {
      const known = this.#known(keyOf(tokens.slice(-length)));
      if (known !== undefined) return known;
    }
    return undefined;
  }

  #known(key: string): string | undefined {
    const known = this.#next.get(key);
    return known === undefined && this.#before !== undefined ? this.#before.#known(key) : known;
  }
}

const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

const keyOf = (tokens: readonly string[]): string => tokens.join('\u0000');
