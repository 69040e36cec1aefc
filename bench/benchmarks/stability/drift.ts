import { divergence } from '../../../inference/llama/nextTokens.js';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { mean } from '../../statistics.js';
import { takeTokens } from '../../text/tokens.js';

export interface Drift {
  /** Shifts by which the same tokens left. */
  readonly shifts: number;
  /** Divergence in nats from the distribution after a single shift: mean and worst over the places of the stream. */
  readonly mean: number;
  readonly worst: number;
}

const EVICTED = 256;

/**
 * The same tokens leave in one block or in many small ones, each shift applied before the next. What is left in the
 * cache is the same but for the rounding of every further rotation.
 */
export async function measureDrift(settings: Settings): Promise<Drift[]> {
  const capacity = settings.quick ? 384 : 1024;
  const places = settings.quick ? 2 : 12;
  const counts = settings.quick ? [4, 64] : [2, 4, 8, 16, 32, 64, 128, 256];
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity });
  const tokens = await takeTokens(settings.root, vocabulary, capacity * places, { perPackage: 2048 });
  const stage = settings.progress.stage('drift', places * (counts.length + 1));
  const after = async (place: number, shifts: number): Promise<ReadonlyMap<number, number>> => {
    await sequence.clear();
    const part = [...(vocabulary.bos === undefined ? [] : [vocabulary.bos])];
    part.push(...tokens.slice(place * capacity, (place + 1) * capacity - part.length));
    for (let at = 0; at < part.length; at += sequence.batchSize)
      await sequence.append(part.slice(at, at + sequence.batchSize));
    for (let shift = 0; shift < shifts; shift += 1) {
      await sequence.erase([{ start: 1, end: 1 + EVICTED / shifts }]);
      await sequence.settle();
    }
    stage.advance(1);
    return sequence.settle();
  };
  const drifts: Map<number, number[]> = new Map(counts.map((count) => [count, []]));
  for (let place = 0; place < places; place += 1) {
    const once = await after(place, 1);
    for (const count of counts) drifts.get(count)?.push(divergence(once, await after(place, count)));
  }
  return [...drifts].map(([shifts, values]) => ({ shifts, mean: mean(values), worst: Math.max(...values) }));
}
