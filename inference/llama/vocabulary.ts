import { setImmediate } from 'node:timers/promises';
import type { LlamaModel, Token } from 'node-llama-cpp';
import { TokenTexts } from './tokenTexts.js';

/** Tokens that are read in one go: less than a millisecond or two. */
const SLICE = 1024;

/** Text to tokens and back. */
export class Vocabulary {
  readonly #model: LlamaModel;
  /** The token that every stream begins with, where the model asks for one. */
  readonly bos: number | undefined;
  #texts: Promise<TokenTexts> | undefined;

  constructor(model: LlamaModel) {
    this.#model = model;
    this.bos = model.tokens.shouldPrependBosToken ? (model.tokens.bos ?? undefined) : undefined;
  }

  /** The token that ends a text, as text; empty where the model has none. */
  get eosText(): string {
    return this.#model.tokens.eosString ?? '';
  }

  /** Text of the person or of a file: what looks like a control token stays plain text. */
  encode(text: string): number[] {
    return text === '' ? [] : this.#model.tokenize(text, false, 'trimLeadingSpace');
  }

  /** Markers of a chat template or a FIM format. */
  encodeMarkers(text: string): number[] {
    return text === '' ? [] : this.#model.tokenize(text, true, 'trimLeadingSpace');
  }

  /** The token that is exactly this control text, if the model has one. */
  control(text: string): number | undefined {
    const tokens = this.#model.tokenize(text, true, 'trimLeadingSpace');
    return tokens.length === 1 ? tokens[0] : undefined;
  }

  /** @param previous tokens before these: some vocabularies write a leading space depending on them. */
  decode(tokens: readonly number[], previous: readonly number[] = []): string {
    return this.#model.detokenize(tokens as Token[], false, previous.slice(-4) as Token[]);
  }

  /** Control tokens included, as the model sees them. */
  decodeExactly(tokens: readonly number[]): string {
    return this.#model.detokenize(tokens as Token[], true);
  }

  /** The texts of all tokens. Read when they are first asked for, in slices. */
  texts(): Promise<TokenTexts> {
    return (this.#texts ??= this.#readTexts());
  }

  async #readTexts(): Promise<TokenTexts> {
    // After another token a leading space stays what it is.
    const before = this.encode('a');
    const texts: string[] = [];
    for (const token of this.#model.iterateAllTokens()) {
      const text = this.decode([token], before);
      texts[token] = text.includes('\uFFFD') ? '' : text;
      if (token % SLICE === SLICE - 1) await setImmediate();
    }
    return new TokenTexts(Array.from(texts, (text: string | undefined) => text ?? ''));
  }

  isEndOfGeneration(token: number): boolean {
    return this.#model.isEogToken(token as Token);
  }
}
