import type { SpanView, WindowView } from '../../inference/views.js';

/** A span on the strip, in whole device-independent pixels from the strip's left edge. */
export interface MapSpan {
  readonly span: SpanView;
  readonly left: number;
  /** 0 for a span that is narrower than a pixel and falls into its neighbour's. */
  readonly width: number;
}

export interface MapLayout {
  /** Sinks and pinned spans: they never move. */
  readonly fixed: readonly MapSpan[];
  /** All others; `left` is measured from `edge`. */
  readonly recent: readonly MapSpan[];
  /** Where the fixed part ends. */
  readonly edge: number;
  /** Where the branch reserve begins: it ends with the strip. */
  readonly reserveLeft: number;
}

/** The strip, drawn to scale: `width` pixels stand for the capacity. Spans snap to pixels, so that they meet exactly. */
export function layOut(window: WindowView, width: number): MapLayout {
  const scale = window.capacity > 0 ? width / window.capacity : 0;
  const pixel = (position: number): number => Math.min(width, Math.round(position * scale));
  const firstRecent = window.spans.findIndex((span) => !span.pinned);
  const fixed = firstRecent < 0 ? window.spans : window.spans.slice(0, firstRecent);
  const recent = firstRecent < 0 ? [] : window.spans.slice(firstRecent);
  const last = fixed.at(-1);
  const edge = last ? pixel(last.start + last.length) : 0;
  const place = (span: SpanView, from: number): MapSpan => {
    const left = pixel(span.start);
    return { span, left: left - from, width: pixel(span.start + span.length) - left };
  };
  return {
    fixed: fixed.map((span) => place(span, 0)),
    recent: recent.map((span) => place(span, edge)),
    edge,
    reserveLeft: pixel(Math.max(0, window.capacity - window.reserve)),
  };
}

/** The span that holds a position of the cache. */
export function spanAt(spans: readonly SpanView[], position: number): SpanView | undefined {
  return spans.find((span) => position >= span.start && position < span.start + span.length);
}

/** What an eviction looks like: which spans have left, and how far the others have to slide. */
export interface Slide {
  readonly leaving: readonly MapSpan[];
  /** Pixels to the left. */
  readonly distance: number;
}

/**
 * Compares two layouts of the recent part. An eviction takes spans away on its left, and all that remain move down by
 * the same distance; anything else (a rolled back branch, another width) is no slide.
 */
export function slideBetween(before: MapLayout | undefined, after: MapLayout): Slide | undefined {
  if (!before || before.edge !== after.edge) return undefined;
  const [survivor] = after.recent;
  const index = before.recent.findIndex((item) => item.span.id === survivor?.span.id);
  const gone = survivor === undefined ? before.recent : before.recent.slice(0, Math.max(0, index));
  const leaving = gone.filter((item) => item.span.kind !== 'branch');
  if (leaving.length === 0) return undefined;
  const end = before.recent.at(-1);
  const distance =
    survivor === undefined ? (end ? end.left + end.width : 0) : (before.recent[index]?.left ?? 0) - survivor.left;
  return distance > 0 ? { leaving, distance } : undefined;
}
