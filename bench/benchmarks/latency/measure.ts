import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Token } from 'node-llama-cpp';
import type { KvSequence } from '../../../inference/llama/kvSequence.js';
import { openBare } from '../../baseline/bareSequence.js';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import type { ShapeName } from '../../model/randomModel.js';
import { median, tokenTimes, type TokenTimes } from '../../statistics.js';
import { timeGeneration, type TimedTokens } from '../../stream/generation.js';
import { ScoredStream } from '../../stream/scoredStream.js';
import { takeTokens } from '../../text/tokens.js';

export interface Subject {
  readonly name: string;
  readonly path: string;
  /** Of the random weights that are to be written to its path; absent: a model that is there. */
  readonly shape?: ShapeName;
  readonly sizes: readonly number[];
  /** Tokens that are timed: with sinks, by the library's own shift, and re-computed at a size of the cache. */
  readonly generated: number;
  readonly shifted: number;
  readonly recomputed: (capacity: number) => number;
}

export interface Row {
  readonly capacity: number;
  readonly sink: TokenTimes;
  /** Share of the time that evictions take. */
  readonly evictionShare: number;
  readonly recompute: TokenTimes;
  readonly library: TokenTimes;
  /** Bytes of the full cache's state. */
  readonly memory: number;
  /** Recompute over sink, means. */
  readonly ratio: number;
}

export interface Measured {
  readonly name: string;
  readonly rows: readonly Row[];
}

export const BLOCK = 64;

export async function measure(settings: Settings, subject: Subject, capacity: number): Promise<Row> {
  const stage = settings.progress.stage(`${subject.name}, cache of ${capacity}`, 4);
  const { sequence, vocabulary } = await openModel(subject.path, { capacity, device: settings.device });
  const tokens = await takeTokens(settings.root, vocabulary, capacity + 1, { perPackage: 0 });
  const first = tokens[capacity]!;
  const filling = tokens.slice(0, capacity);

  const shape = { policy: 'sink', sinks: 4, capacity, block: BLOCK } as const;
  const stream = await ScoredStream.open(sequence, shape);
  await stream.feed(
    filling,
    filling.map(() => undefined),
  );
  const memory = await stateBytes(sequence, settings);
  stage.advance(1);
  const streamed = await timeGeneration(stream.live, first, subject.generated);
  const sink = tokenTimes(streamed.milliseconds);
  stage.advance(1);
  // The same cache goes on under the other policy: what it holds does not matter for the time.
  const fresh = ScoredStream.resume(sequence, { ...shape, policy: 'recompute', block: 1 }, capacity);
  const rest = filling.slice(0, fresh.live.window.free);
  await fresh.feed(
    rest,
    rest.map(() => undefined),
  );
  const recompute = tokenTimes((await timeGeneration(fresh.live, first, subject.recomputed(capacity))).milliseconds);
  stage.advance(1);
  const library = tokenTimes(await timeLibrary(settings, subject, capacity, filling, first));
  stage.advance(1);
  return {
    capacity,
    sink,
    evictionShare: evictionShare(streamed),
    recompute,
    library,
    memory,
    ratio: recompute.mean / sink.mean,
  };
}

/** By medians, which a busy machine moves little. */
function evictionShare({ milliseconds, evicting }: TimedTokens): number {
  const after = milliseconds.filter((_, at) => evicting.has(at));
  const others = median(milliseconds.filter((_, at) => !evicting.has(at)));
  const extra = after.length === 0 ? 0 : Math.max(0, median(after) - others) * after.length;
  return extra / (extra + others * milliseconds.length);
}

/** What the cache holds, as llama.cpp writes it out: exact, where the size of the process is anybody's guess. */
async function stateBytes(sequence: KvSequence, settings: Settings): Promise<number> {
  const path = join(settings.scratch, 'latency.kv');
  await mkdir(settings.scratch, { recursive: true });
  await sequence.settle();
  await sequence.save(path);
  const { size } = await stat(path);
  await rm(path);
  return size;
}

/** The library's own loop over its own shift, once its context is full. */
async function timeLibrary(
  settings: Settings,
  subject: Subject,
  capacity: number,
  filling: readonly number[],
  first: number,
): Promise<number[]> {
  const { sequence } = await openBare(subject.path, capacity, settings.device);
  await sequence.evaluateWithoutGeneratingNewTokens(filling.slice(0, capacity - 1) as Token[]);
  const milliseconds: number[] = [];
  const steps = sequence.evaluate([first as Token], { temperature: 0, yieldEogToken: true });
  while (milliseconds.length < subject.shifted) {
    const start = performance.now();
    await steps.next();
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}
