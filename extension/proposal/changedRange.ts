/** What differs between two texts, as one replacement. Offsets in characters of `before`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The smallest single replacement that makes `after` of `before`, without cutting a character in two. */
export function changedRange(before: string, after: string): Replacement {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  // Two emoji often share one of their two halves: what they have in common ends before it.
  if (isInsidePair(before, start) || isInsidePair(after, start)) start--;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (isInsidePair(before, before.length - tail) || isInsidePair(after, after.length - tail)) tail--;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/** Whether the characters on both sides of `offset` are the two halves of one. */
function isInsidePair(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}
