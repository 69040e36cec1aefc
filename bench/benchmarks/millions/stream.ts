import { mkdir } from 'node:fs/promises';
import type { Vocabulary } from '../../../inference/llama/vocabulary.js';
import type { Settings } from '../../harness/benchmark.js';
import { readModelFile, residentBytes } from '../../harness/machine.js';
import { bytesInUse } from '../../harness/memory.js';
import type { Stage } from '../../harness/progress.js';
import { Stopwatch } from '../../harness/stopwatch.js';
import { openModel } from '../../model/openModel.js';
import { halfInterval, mean, perplexity } from '../../statistics.js';
import { ScoredStream, type CacheShape } from '../../stream/scoredStream.js';
import { readTokens } from '../../text/tokens.js';
import { StoppedRun } from './stopped.js';

/** One stretch of the stream. */
export interface Stretch {
  /** Tokens of the stream at its end. */
  readonly at: number;
  readonly perplexity: number;
  /** Of the processor: what else the machine does changes it little. */
  readonly tokensPerSecond: number;
  /** Bytes that the process holds, and those of JavaScript that are in use once the garbage is collected. */
  readonly resident: number;
  readonly inUse: number;
  readonly evaluated: number;
  readonly evicted: number;
  readonly evictions: number;
  /** Evaluated by the library although nobody asked. */
  readonly reEvaluated: number;
}

/** The last stretch, read by the cache that has read everything and by one that has read nothing. */
export interface Fresh {
  readonly tokens: number;
  /** Those after the fresh cache is full twice. */
  readonly positions: number;
  readonly streamed: number;
  readonly anew: number;
  readonly ratio: number;
  /** Half of the ratio's 95 % interval. */
  readonly uncertainty: number;
}

export interface Streamed {
  readonly shape: CacheShape;
  readonly stretches: readonly Stretch[];
  readonly fresh: Fresh;
}

export const TOKENS = 4_000_000;

/** Every so many tokens one is scored: scoring costs more than evaluating. */
export const SCORED_EVERY = 32;

/** The same in the last stretch, which two caches are compared by. */
export const SCORED_AT_END = 4;

/** Stretches between two states on disk: a quarter of a minute. */
const SAVE_EVERY = 2;

/** @param stretch tokens between two figures; it divides `total`. */
export async function stream(settings: Settings, shape: CacheShape, total: number, stretch: number): Promise<Streamed> {
  const watch = new Stopwatch();
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity: shape.capacity });
  const model = (await readModelFile(settings.models.sink)).sha256;
  await mkdir(settings.scratch, { recursive: true });

  const run = new StoppedRun(settings.scratch, { model, shape, stretch });
  const stopped = settings.resume ? await run.load(sequence) : undefined;
  const stretches: Stretch[] = [...(stopped?.stretches ?? [])];
  const before = stopped?.spent ?? { seconds: 0, cpuSeconds: 0 };
  settings.parts.addSpent(before);
  const begun = stretches.at(-1);
  const target =
    begun === undefined ? await ScoredStream.open(sequence, shape) : ScoredStream.resume(sequence, shape, begun.at);
  // Counted since this process began; what a stopped one counted is added.
  const base = begun ?? { evaluated: 0, evicted: 0, evictions: 0, reEvaluated: 0 };

  const stage = settings.progress.stage(`${total.toLocaleString('en-GB')} tokens`, total);
  stage.advance(target.fed);
  let last: { readonly piece: readonly number[]; readonly scores: readonly (number | undefined)[] } | undefined;
  for await (const piece of pieces(settings, vocabulary, total, stretch, target.fed)) {
    const pace = new Stopwatch();
    const every = target.fed + piece.length > total ? SCORED_AT_END : SCORED_EVERY;
    const scores = await scorePiece(target, shape, piece, every, stage);
    const kv = sequence.counters;
    last = { piece, scores };
    stretches.push({
      at: target.fed,
      perplexity: perplexity(scores.filter((score) => score !== undefined)),
      tokensPerSecond: (piece.length - 1) / pace.spent.cpuSeconds,
      resident: residentBytes(),
      inUse: bytesInUse(),
      evaluated: base.evaluated + kv.evaluated,
      evicted: base.evicted + target.live.counters.evicted,
      evictions: base.evictions + target.live.counters.evictions,
      reEvaluated: base.reEvaluated + kv.unasked,
    });
    if (stretches.length % SAVE_EVERY === 0 && target.fed < total) {
      // A pending shift would be lost.
      await target.live.settle();
      const { seconds, cpuSeconds } = watch.spent;
      const spent = { seconds: before.seconds + seconds, cpuSeconds: before.cpuSeconds + cpuSeconds };
      await run.save(sequence, { stretches, spent });
    }
  }
  if (last === undefined) throw new Error(`The stream of ${total} tokens holds no stretch of ${stretch}`);
  const { bos } = vocabulary;
  const begins = last.piece[0] === bos ? [] : [bos].filter((token) => token !== undefined);
  const anew = await ScoredStream.open(sequence, shape);
  await anew.feed(
    begins,
    begins.map(() => undefined),
  );
  const again = await scorePiece(
    anew,
    shape,
    last.piece,
    SCORED_AT_END,
    settings.progress.stage('the last stretch in a fresh cache', last.piece.length - 1),
  );
  await run.remove(stretches.length);
  return { shape, stretches, fresh: compareFresh(last.scores, again, 2 * shape.capacity) };
}

/** Feeds a piece and scores every so many of its tokens; the last one is only a target. */
async function scorePiece(
  target: ScoredStream,
  shape: CacheShape,
  piece: readonly number[],
  every: number,
  stage: Stage,
): Promise<(number | undefined)[]> {
  const scores: (number | undefined)[] = [];
  for (let at = 0; at < piece.length - 1; at += shape.block) {
    const tokens = piece.slice(at, Math.min(at + shape.block, piece.length - 1));
    const targets = tokens.map((_, index) => ((at + index) % every === 0 ? piece[at + index + 1] : undefined));
    scores.push(...(await target.feed(tokens, targets)));
    stage.advance(tokens.length);
  }
  return scores;
}

function compareFresh(
  streamed: readonly (number | undefined)[],
  anew: readonly (number | undefined)[],
  from: number,
): Fresh {
  const pairs = streamed
    .map((score, at) => [score, anew[at]] as const)
    .slice(from)
    .filter((pair): pair is readonly [number, number] => pair[0] !== undefined && pair[1] !== undefined);
  const differences = pairs.map(([one, other]) => other - one);
  return {
    tokens: streamed.length,
    positions: pairs.length,
    streamed: perplexity(pairs.map(([one]) => one)),
    anew: perplexity(pairs.map(([, other]) => other)),
    ratio: Math.exp(mean(differences)),
    uncertainty: halfInterval(differences),
  };
}

/** The stream from token `from` on, a stretch and one token at a time. */
async function* pieces(
  settings: Settings,
  vocabulary: Vocabulary,
  total: number,
  stretch: number,
  from: number,
): AsyncGenerator<number[]> {
  const { bos } = vocabulary;
  let at = 0;
  let piece: number[] = [];
  const take = function* (token: number): Generator<number[]> {
    at += 1;
    if (at <= from) return;
    piece.push(token);
    if (piece.length <= stretch) return;
    yield piece;
    piece = [token];
  };
  if (bos !== undefined) yield* take(bos);
  for await (const token of readTokens(settings.root, vocabulary, { perPackage: 0 })) {
    yield* take(token);
    if (at > total) return;
  }
  throw new Error(`The dependencies hold only ${at} tokens`);
}
