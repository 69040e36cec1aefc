import { openModel } from '../../model/openModel.js';
import { median, tokenTimes, type TokenTimes } from '../../statistics.js';
import { takeTokens } from '../../text/tokens.js';
import type { Settings } from '../../harness/benchmark.js';
import type { KvSequence } from '../../../inference/llama/kvSequence.js';

export interface SteadyEviction {
  readonly model: string;
  readonly capacity: number;
  readonly block: number;
  readonly segments: number;
  /** Each segment generates one block, and evicts one before. */
  readonly evicting: TokenTimes;
  /** The same occupancy, with the block taken back at the tail instead. */
  readonly still: TokenTimes;
  /** Median time of a segment with eviction over one without. */
  readonly ratio: number;
  /** The worst token of a median segment over the median token, milliseconds more. */
  readonly extraOfFirstToken: number;
}

const BLOCK = 64;

/**
 * What steady eviction costs: segments with and without it by turns, in the same cache at the same occupancy, so that
 * whatever else the machine does falls on both.
 */
export async function measureSteadyEviction(
  settings: Settings,
  subject: { readonly name: string; readonly path: string; readonly segments: number },
): Promise<SteadyEviction> {
  const capacity = settings.quick ? 256 : 1024;
  const { segments } = subject;
  const { sequence, vocabulary } = await openModel(subject.path, { capacity });
  const stage = settings.progress.stage(`decode with and without eviction, ${subject.name}`, 2 * segments);
  const tokens = await takeTokens(settings.root, vocabulary, capacity, { perPackage: 0 });
  await sequence.clear();
  for (let at = 0; at < capacity; at += BLOCK) await sequence.append(tokens.slice(at, at + BLOCK));

  const evicting: number[][] = [];
  const still: number[][] = [];
  let token = tokens[0]!;
  for (let segment = 0; segment < segments; segment += 1) {
    const start = performance.now();
    await sequence.erase([{ start: 1, end: 1 + BLOCK }]);
    const erasing = performance.now() - start;
    const [moving, last] = await generate(sequence, token);
    // The eviction is part of what the first token after it costs.
    moving[0] = (moving[0] ?? 0) + erasing;
    evicting.push(moving);
    stage.advance(1);
    await sequence.rollBackTo(capacity - BLOCK);
    const [staying] = await generate(sequence, token);
    still.push(staying);
    token = last;
    stage.advance(1);
  }
  const sum = (segment: readonly number[]): number => segment.reduce((a, b) => a + b, 0);
  const stillTimes = tokenTimes(still.flat());
  return {
    model: subject.name,
    capacity,
    block: BLOCK,
    segments,
    evicting: tokenTimes(evicting.flat()),
    still: stillTimes,
    ratio: median(evicting.map(sum)) / median(still.map(sum)),
    extraOfFirstToken: median(evicting.map((segment) => segment[0] ?? 0)) - stillTimes.median,
  };
}

async function generate(sequence: KvSequence, first: number): Promise<[milliseconds: number[], last: number]> {
  const milliseconds: number[] = [];
  let token = first;
  let last = performance.now();
  for await (const sampled of sequence.generate([first], { temperature: 0 })) {
    const now = performance.now();
    milliseconds.push(now - last);
    token = sampled.token;
    if (milliseconds.length >= BLOCK) break;
    last = performance.now();
  }
  return [milliseconds, token];
}
