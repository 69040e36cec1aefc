import type { Vocabulary } from '../llama/vocabulary.js';

/** Turns tokens into text as they come. A character whose bytes are not all there yet is held back. */
export class TextStream {
  readonly #vocabulary: Pick<Vocabulary, 'decode'>;
  #shown: number[] = [];
  #held: number[] = [];

  constructor(vocabulary: Pick<Vocabulary, 'decode'>, before: readonly number[] = []) {
    this.#vocabulary = vocabulary;
    this.#shown = before.slice(-4);
  }

  /** Returns the new text, possibly none. */
  push(token: number): string {
    this.#held.push(token);
    const text = this.#vocabulary.decode(this.#held, this.#shown);
    // An unfinished UTF-8 sequence decodes to U+FFFD; four bytes are the longest, so more is really broken text.
    if (text.endsWith('\uFFFD') && this.#held.length < 4) return '';
    return this.#flush(text);
  }

  /** What was held back, however broken. */
  end(): string {
    return this.#held.length === 0 ? '' : this.#flush(this.#vocabulary.decode(this.#held, this.#shown));
  }

  #flush(text: string): string {
    this.#shown = [...this.#shown, ...this.#held].slice(-4);
    this.#held = [];
    return text;
  }
}
