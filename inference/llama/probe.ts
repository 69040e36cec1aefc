import type { Range } from './kvSequence.js';
import { divergence, type NextTokens } from './nextTokens.js';

/** What the probe asks of the KV cache; `kvSequence.ts` is it. */
export interface ProbedSequence {
  readonly length: number;
  readonly counters: { readonly unasked: number };
  append(tokens: readonly number[]): Promise<void>;
  erase(ranges: readonly Range[]): Promise<void>;
  mark(): Promise<void>;
  rollBackTo(length: number): Promise<void>;
  settle(): Promise<NextTokens>;
  clear(): Promise<void>;
  beginAt(position: number): void;
}

/**
 * Divergences of the next-token distribution, in nats. 0 would be a cache that is not changed at all; F16 keys of plain
 * RoPE give about 1e-6. Infinite: llama.cpp refused, and the library evaluated the window again.
 */
export interface Measured {
  /** After tokens were appended and taken back. */
  readonly rollBack: number;
  /** After the same tokens were moved down from other positions. */
  readonly moved?: number;
  /** Erasing in small blocks against erasing at once. */
  readonly blocks?: number;
}

/** Tokens that are moved, and by how much. */
const STRIDE = 64;
const BLOCKS = 4;
const SINKS = 4;
/** Tokens that the probe needs; it never holds more than these and one. */
export const PROBE_TOKENS = 2 * STRIDE;
const TAIL = 8;

/** @returns the divergence after a roll-back. */
export async function probeRollBack(sequence: ProbedSequence, tokens: readonly number[]): Promise<number> {
  await sequence.clear();
  await sequence.append(tokens.slice(0, STRIDE));
  const before = await sequence.settle();
  const unasked = sequence.counters.unasked;
  const { length } = sequence;
  await sequence.mark();
  await sequence.append(tokens.slice(STRIDE, STRIDE + TAIL));
  await sequence.rollBackTo(length);
  const after = await sequence.settle();
  await sequence.clear();
  return sequence.counters.unasked > unasked ? Infinity : difference(before, after);
}

/**
 * Moves tokens by K-shift and compares with tokens that were always there; then erases the same tokens at once and in
 * small blocks. The first comparison shows a shift that is wrong, the second one that gets worse each time.
 *
 * On a model whose cache cannot shift this ends the process: llama.cpp asserts. Whoever calls it has left a note.
 */
export async function probeShift(
  sequence: ProbedSequence,
  tokens: readonly number[],
): Promise<{ readonly moved: number; readonly blocks: number }> {
  const head = tokens.slice(0, STRIDE);
  const rest = tokens.slice(STRIDE, PROBE_TOKENS);
  const leaving = { start: SINKS, end: SINKS + STRIDE };
  const unasked = sequence.counters.unasked;

  await sequence.clear();
  await sequence.append(head);
  const placed = await sequence.settle();
  await sequence.append(rest);
  await sequence.erase([leaving]);
  const erasedAtOnce = await sequence.settle();

  await sequence.clear();
  sequence.beginAt(STRIDE);
  await sequence.append(head);
  await sequence.erase([{ start: 0, end: STRIDE }]);
  const moved = difference(placed, await sequence.settle());
  await sequence.append(rest);
  let erasedInBlocks: NextTokens = new Map();
  for (let block = 0; block < BLOCKS; block += 1) {
    await sequence.erase([{ start: SINKS, end: SINKS + STRIDE / BLOCKS }]);
    // llama.cpp shifts at the next decode: without one in between this would be one shift after all.
    erasedInBlocks = await sequence.settle();
  }
  const blocks = difference(erasedAtOnce, erasedInBlocks);
  await sequence.clear();
  return sequence.counters.unasked > unasked ? { moved: Infinity, blocks: Infinity } : { moved, blocks };
}

/** A cache that has overflowed gives no numbers at all, and those differ from nothing. */
function difference(before: NextTokens, after: NextTokens): number {
  const likeliest = before.values().next().value ?? NaN;
  return Number.isNaN(likeliest) ? NaN : divergence(before, after);
}
