import type { Vocabulary } from '../../inference/llama/vocabulary.js';
import { readSources, type Source } from './sources.js';

export interface TokenOptions {
  /** Most tokens of one package, so that a short stream is not all of one hand; 0: as many as there are. */
  readonly perPackage: number;
}

/** What ends a document, where the model has a token for it. */
const END_OF_TEXT = '<|endoftext|>';

/** The sources as one endless list of tokens, document after document. */
export async function* readTokens(
  root: string,
  vocabulary: Vocabulary,
  { perPackage }: TokenOptions,
): AsyncGenerator<number> {
  const end = vocabulary.control(END_OF_TEXT);
  let current = '';
  let taken = 0;
  for await (const source of readSources(root)) {
    if (source.package !== current) taken = 0;
    current = source.package;
    if (perPackage > 0 && taken >= perPackage) continue;
    for (const token of [...tokensOf(source, vocabulary), ...(end === undefined ? [] : [end])]) {
      if (perPackage > 0 && taken >= perPackage) break;
      taken += 1;
      yield token;
    }
  }
}

/** Line ends as the models know them. */
const tokensOf = (source: Source, vocabulary: Vocabulary): number[] =>
  vocabulary.encode(source.text.replaceAll('\r\n', '\n'));

/** @throws Error when the sources end before. */
export async function takeTokens(
  root: string,
  vocabulary: Vocabulary,
  count: number,
  options: TokenOptions,
): Promise<number[]> {
  const tokens: number[] = [];
  for await (const token of readTokens(root, vocabulary, options)) {
    if (tokens.push(token) >= count) return tokens;
  }
  throw new Error(`The dependencies hold only ${tokens.length} tokens, and ${count} are wanted`);
}
