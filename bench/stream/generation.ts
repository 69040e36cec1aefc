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

/** Generates greedily into the window, evicting as its policy says. @returns milliseconds of each token. */
export async function timeGeneration(live: LiveWindow, first: number, count: number): Promise<number[]> {
  const milliseconds: number[] = [];
  let last = performance.now();
  // An end of generation is as good a token as any: the stream goes on.
  for await (const _ of live.generate([first], { temperature: 0 })) {
    const now = performance.now();
    milliseconds.push(now - last);
    if (milliseconds.length >= count) break;
    last = performance.now();
  }
  return milliseconds;
}
