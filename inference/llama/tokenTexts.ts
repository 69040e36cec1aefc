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
    const found: number[] = [];
    for (const token of this.#sorted.slice(low)) {
      if (!this.textOf(token).startsWith(start)) break;
      found.push(token);
    }
    return found;
  }

  #compare(a: number, b: number): number {
    const [one, other] = [this.textOf(a), this.textOf(b)];
    return one < other ? -1 : Number(one > other);
  }
}
