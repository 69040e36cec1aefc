import type { KvSequence } from '../../inference/llama/kvSequence.js';
import type { LiveWindow } from '../../inference/session/liveWindow.js';
import { ScoredStream, type CacheShape } from './scoredStream.js';

/** A window that is full, with a stream that goes on. */
export async function fillWindow(
  sequence: KvSequence,
  shape: CacheShape,
  tokens: readonly number[],
): Promise<LiveWindow> {
  const stream = await ScoredStream.open(sequence, shape);
  const filling = tokens.slice(0, shape.capacity);
  // While it fills nothing leaves, whatever the policy.
  await stream.feed(
    filling,
    filling.map(() => undefined),
  );
  return stream.live;
}

export interface TimedTokens {
  /** Of each token. */
  readonly milliseconds: readonly number[];
  /** Indices of the tokens before which something was evicted. */
  readonly evicting: ReadonlySet<number>;
}

/** Generates greedily into the window, evicting as its policy says. */
export async function timeGeneration(live: LiveWindow, first: number, count: number): Promise<TimedTokens> {
  const milliseconds: number[] = [];
  const evicting = new Set<number>();
  // An end of generation is as good a token as any: the stream goes on.
  const steps = live.generate([first], { temperature: 0 });
  while (milliseconds.length < count) {
    const { evictions } = live.counters;
    const start = performance.now();
    await steps.next();
    if (live.counters.evictions > evictions) evicting.add(milliseconds.length);
    milliseconds.push(performance.now() - start);
  }
  await steps.return();
  return { milliseconds, evicting };
}
