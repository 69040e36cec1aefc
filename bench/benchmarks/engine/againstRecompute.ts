import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { tokenTimes, type TokenTimes } from '../../statistics.js';
import { fillWindow, timeGeneration } from '../../stream/generation.js';
import { takeTokens } from '../../text/tokens.js';

export interface AgainstRecompute {
  readonly capacity: number;
  readonly sink: TokenTimes;
  readonly recompute: TokenTimes;
  /** Mean time of a generated token: recompute over sink. */
  readonly ratio: number;
}

/** Time of a generated token once the window is full, under both policies in the same cache. */
export async function measureAgainstRecompute(settings: Settings, capacity: number): Promise<AgainstRecompute> {
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity });
  const generated = settings.quick ? 64 : 512;
  const recomputed = settings.quick ? 2 : 8;
  const stage = settings.progress.stage(`against re-computation, cache of ${capacity}`, 2);
  const tokens = await takeTokens(settings.root, vocabulary, capacity + 1, { perPackage: 0 });
  const first = tokens[capacity]!;

  const live = await fillWindow(sequence, { policy: 'sink', sinks: 1, capacity, block: 64 }, tokens);
  const sink = tokenTimes((await timeGeneration(live, first, generated)).milliseconds);
  stage.advance(1);
  const fresh = await fillWindow(sequence, { policy: 'recompute', sinks: 1, capacity, block: 1 }, tokens);
  const recompute = tokenTimes((await timeGeneration(fresh, first, recomputed)).milliseconds);
  stage.advance(1);
  return { capacity, sink, recompute, ratio: recompute.mean / sink.mean };
}
