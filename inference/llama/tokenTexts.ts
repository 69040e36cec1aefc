/** The text of every token, and which of them begin with a text. */
export class TokenTexts {
  readonly #texts: readonly string[];
  /** Tokens in the order of their texts. */
  readonly #sorted: readonly number[];

  /** @param texts by token; empty where a token is no text of its own (control tokens, parts of a character) */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#sorted = [...texts.keys()].filter((token) => texts[token] !== '').sort((a, b) => this.#compare(a, b));
  }

  textOf(token: number): string {
    return this.#texts[token] ?? '';
  }

  startingWith(start: string): number[] {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.textOf(this.#sorted[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    // The texts that begin alike stand together.
    let end = low;
    while (end < this.#sorted.length && this.textOf(this.#sorted[end] ?? 0).startsWith(start)) end += 1;
    return this.#sorted.slice(low, end);
  }

  #compare(a: number, b: number): number {
    const [one, other] = [this.textOf(a), this.textOf(b)];
    return one < other ? -1 : Number(one > other);
  }
}
