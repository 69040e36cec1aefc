import type { KvSequence } from '../../inference/llama/kvSequence.js';
import { ScoredStream, type CacheShape } from './scoredStream.js';

export interface ScoredText {
  /** Log-probability of the token at each position of the stream; none for the first, and where it was not asked for. */
  readonly scores: (number | undefined)[];
  readonly evicted: number;
  readonly evictions: number;
  readonly recomputed: number;
}

/** Tokens between two reports of progress. */
const STEP = 512;

/**
 * Runs a stream through the cache and scores it.
 *
 * @param wanted whether the token at a position is to be scored.
 */
export async function scoreText(
  sequence: KvSequence,
  shape: CacheShape,
  tokens: readonly number[],
  wanted: (position: number) => boolean,
  advance: (tokens: number) => void,
): Promise<ScoredText> {
  const stream = await ScoredStream.open(sequence, shape);
  const scores: (number | undefined)[] = [undefined];
  for (let start = 0; start < tokens.length - 1; start += STEP) {
    const end = Math.min(start + STEP, tokens.length - 1);
    const targets = Array.from({ length: end - start }, (_, at) =>
      wanted(start + at + 1) ? tokens[start + at + 1] : undefined,
    );
    scores.push(...(await stream.feed(tokens.slice(start, end), targets)));
    advance(end - start);
  }
  const { evicted, evictions, recomputed } = stream.live.counters;
  return { scores, evicted, evictions, recomputed };
}

/**
 * Sliding window with re-computation as the paper runs it: for each scored position a fresh evaluation of the last
 * `capacity` tokens (with the sink token first, where the model has one). Positions do not depend on one another, so a
 * part of them is enough.
 */
export async function scoreRecomputed(
  sequence: KvSequence,
  tokens: readonly number[],
  options: { readonly capacity: number; readonly kept: number; readonly positions: readonly number[] },
  advance: (positions: number) => void,
): Promise<Map<number, number>> {
  const scores = new Map<number, number>();
  for (const position of options.positions) {
    const window = [
      ...tokens.slice(0, options.kept),
      ...tokens.slice(Math.max(options.kept, position - (options.capacity - options.kept)), position),
    ];
    await sequence.clear();
    for (let done = 0; done < window.length - 1; done += sequence.batchSize)
      await sequence.append(window.slice(done, Math.min(done + sequence.batchSize, window.length - 1)));
    const [score] = await sequence.score(window.slice(-1), [tokens[position]]);
    if (score !== undefined) scores.set(position, score);
    advance(1);
  }
  return scores;
}
