import type { EvictionPlan, EvictionPolicy } from './policy.js';
import { joinRanges, type Range, type Span } from './span.js';
import type { Window } from './window.js';

export interface RollingOptions {
  readonly name: 'sink' | 'window' | 'recompute';
  /** Least tokens that leave at once. */
  readonly block: number;
}

interface Placed {
  readonly span: Span;
  readonly start: number;
}

/**
 * A rolling window of whole events (arXiv 2309.17453, section 3.2; the unit is the event, not the token).
 *
 * Sinks and pinned spans stay by being pinned. Superseded edits leave first, then the oldest group (a question leaves
 * with its answer), until at least `block` tokens are free. The span at the tail is never taken whole, since it may
 * still grow: when it alone fills the window, the oldest part after its opening leaves.
 */
export class RollingPolicy implements EvictionPolicy {
  readonly name: 'sink' | 'window' | 'recompute';
  readonly recompute: boolean;
  readonly #block: number;

  constructor(options: RollingOptions) {
    this.name = options.name;
    this.recompute = options.name === 'recompute';
    this.#block = options.block;
  }

  plan(window: Window, need: number): EvictionPlan {
    if (need <= window.free) return { kind: 'fits' };
    const target = Math.max(need - window.free, this.#block);
    const placed = place(window.spans);
    const tail = placed.at(-1);
    if (tail === undefined) return { kind: 'full' };

    const ranges: Range[] = [];
    let freed = 0;
    for (const group of leavingOrder(placed, tail.span)) {
      if (freed >= target) break;
      for (const { span, start } of group) {
        ranges.push({ start, end: start + span.tokens.length });
        freed += span.tokens.length;
      }
    }
    if (freed < target && !tail.span.pinned) {
      const range = oldestPart(tail, target - freed);
      ranges.push(range);
      freed += range.end - range.start;
    }
    const joined = joinRanges(ranges);
    return joined.length > 0 ? { kind: 'evict', ranges: joined } : { kind: 'full' };
  }
}

function place(spans: readonly Span[]): Placed[] {
  let start = 0;
  return spans.map((span) => {
    const placed = { span, start };
    start += span.tokens.length;
    return placed;
  });
}

/** Groups in the order in which they leave; neither pinned ones nor the span at the tail. */
function leavingOrder(placed: readonly Placed[], tail: Span): Placed[][] {
  const groups = new Map<number, Placed[]>();
  for (const item of placed) {
    if (item.span.pinned || item.span === tail || item.span.tokens.length === 0) continue;
    const group = groups.get(item.span.group);
    if (group === undefined) groups.set(item.span.group, [item]);
    else group.push(item);
  }
  const all = [...groups.values()];
  const superseded = all.filter((group) => group.every(({ span }) => span.superseded));
  return [...superseded, ...all.filter((group) => !superseded.includes(group))];
}

/** The first tokens of a span after its opening: `count` of them, or all that there are. */
function oldestPart({ span, start }: Placed, count: number): Range {
  const first = start + Math.min(span.opening, span.tokens.length);
  return { start: first, end: Math.min(first + count, start + span.tokens.length) };
}
