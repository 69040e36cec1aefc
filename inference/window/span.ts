import type { EventId, SpanKind } from '../views.js';

/** The tokens of one event (or the sinks) inside the window. Its position follows from the spans before it. */
export interface Span {
  readonly id: number;
  readonly kind: SpanKind;
  readonly eventId?: EventId;
  readonly title: string;
  /** Never evicted. */
  readonly pinned: boolean;
  /** Spans of one group leave together: a question and its answer. */
  readonly group: number;
  /** When it entered the window, milliseconds since 1970. */
  readonly at: number;
  /** Tokens at the start that open the event in the chat template; they stay as long as any of the span stays. */
  readonly opening: number;
  /** Length: what the cache holds of the span, in tokens. */
  readonly tokens: readonly number[];
  /** Tokens that already left from inside this span, because it is larger than the window. */
  readonly cut: number;
  /** A later edit of the same place makes this one worthless: it leaves first. */
  readonly superseded: boolean;
}

/** Half-open range of positions in the cache, in tokens. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export const rangeLength = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, range) => sum + range.end - range.start, 0);

/** Sorted, without overlaps, neighbours joined: llama.cpp then erases and shifts once for each. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (range.end <= range.start) continue;
    if (last !== undefined && range.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else joined.push(range);
  }
  return joined;
}
