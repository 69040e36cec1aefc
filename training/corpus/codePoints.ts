/** Python counts code points where JavaScript counts UTF-16 units. */
import type { Cut } from './cuts.js';

const ABOVE_THE_BASIC_PLANE = /[\u{10000}-\u{10ffff}]/gu;

/** @param cuts by rising start */
export function inCodePoints(cuts: readonly Cut[], text: string): readonly Cut[] {
  const pairs = [...text.matchAll(ABOVE_THE_BASIC_PLANE)].map(({ index }) => index);
  if (pairs.length === 0) return cuts;
  const counted = (index: number): number => index - pairsBefore(pairs, index);
  return cuts.map(([start, end]) => [counted(start), counted(end)] as const);
}

function pairsBefore(pairs: readonly number[], index: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? Infinity) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
