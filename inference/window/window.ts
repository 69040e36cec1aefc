import type { EventId, SpanKind, SpanView } from '../views.js';
import { rangeLength, type Range, type Span } from './span.js';

export interface WindowLimits {
  /** Tokens in all, the branch included. */
  readonly capacity: number;
  /** Tokens that only a branch may take. */
  readonly reserve: number;
}

export interface NewSpan {
  readonly kind: SpanKind;
  readonly title: string;
  readonly at: number;
  readonly eventId?: EventId;
  readonly pinned?: boolean;
  readonly group?: number;
  readonly opening?: number;
}

/**
 * What the KV cache holds, as spans in the order of their positions. Positions are positions inside the cache: the
 * first span starts at 0 and each starts where the one before ends (arXiv 2309.17453, section 3.2).
 *
 * Pure bookkeeping: whoever changes it has done the same to the llama.cpp sequence, or is about to.
 */
export class Window {
  readonly limits: WindowLimits;
  #spans: Span[] = [];
  #branch: readonly number[] = [];
  #used = 0;
  #nextId = 1;

  constructor(limits: WindowLimits) {
    this.limits = limits;
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** Tokens of all spans, the branch not counted. This is also the position of the next token of the stream. */
  get used(): number {
    return this.#used;
  }

  /** Tokens that may still be appended to the stream before something must leave. */
  get free(): number {
    return this.limits.capacity - this.limits.reserve - this.#used;
  }

  get branch(): readonly number[] {
    return this.#branch;
  }

  get pinned(): number {
    return this.#spans.reduce((sum, span) => sum + (span.pinned ? span.tokens.length : 0), 0);
  }

  /** Puts spans back as they were. Only into an empty window. */
  restore(spans: readonly Omit<Span, 'id'>[]): void {
    if (this.#spans.length > 0) throw new Error('The window is not empty');
    for (const span of spans) {
      const id = this.#nextId++;
      // A span that belongs to no turn is a group of its own: under the id that it has now, or a later span would join it.
      this.#spans.push({ ...span, id, group: span.group < 0 ? -id : span.group });
    }
    this.#used = spans.reduce((sum, span) => sum + span.tokens.length, 0);
    if (this.#used > this.limits.capacity)
      throw new Error(`${this.#used} tokens are more than the window's ${this.limits.capacity}`);
  }

  /** Empties the window. */
  clear(): void {
    this.#spans = [];
    this.#branch = [];
    this.#used = 0;
  }

  /** Opens a span at the tail. It grows by `grow` until the next one is opened. */
  open(span: NewSpan): Span {
    this.#requireNoBranch();
    const id = this.#nextId++;
    const opened: Span = {
      id,
      kind: span.kind,
      title: span.title,
      at: span.at,
      ...(span.eventId === undefined ? {} : { eventId: span.eventId }),
      pinned: span.pinned ?? false,
      group: span.group ?? -id,
      opening: span.opening ?? 0,
      tokens: [],
      cut: 0,
      superseded: false,
    };
    this.#spans.push(opened);
    return opened;
  }

  /** Adds tokens to the span at the tail. */
  grow(tokens: readonly number[]): void {
    this.#requireNoBranch();
    const last = this.#spans.at(-1);
    if (last === undefined) throw new Error('No span is open');
    if (this.#used + tokens.length > this.limits.capacity)
      throw new Error(`${this.#used} + ${tokens.length} tokens are more than the window's ${this.limits.capacity}`);
    this.#spans[this.#spans.length - 1] = { ...last, tokens: [...last.tokens, ...tokens] };
    this.#used += tokens.length;
  }

  /** Replaces the branch: temporary tokens after the tail. An empty list rolls it back. */
  setBranch(tokens: readonly number[]): void {
    if (this.#used + tokens.length > this.limits.capacity)
      throw new Error(`A branch of ${tokens.length} tokens does not fit beside ${this.#used}`);
    this.#branch = tokens;
  }

  /** Forgets the tokens in these ranges; what comes later moves down. Spans with no tokens left are gone. */
  evict(ranges: readonly Range[]): void {
    this.#requireNoBranch();
    let position = 0;
    const kept: Span[] = [];
    for (const span of this.#spans) {
      const start = position;
      position += span.tokens.length;
      const tokens = span.tokens.filter(
        (_, index) => !ranges.some((r) => r.start <= start + index && start + index < r.end),
      );
      if (tokens.length === span.tokens.length) kept.push(span);
      else if (span.pinned) throw new Error(`The pinned span ${span.id} (${span.title}) may not be evicted`);
      else if (tokens.length > 0 || span === this.#spans.at(-1))
        kept.push({ ...span, tokens, cut: span.cut + span.tokens.length - tokens.length });
    }
    this.#spans = kept;
    this.#used -= rangeLength(ranges);
  }

  /** Marks the spans of an event as worthless, so that they leave first. */
  supersede(eventId: EventId): void {
    this.#spans = this.#spans.map((span) => (span.eventId === eventId ? { ...span, superseded: true } : span));
  }

  /** The spans of an event may be evicted from now on. */
  unpin(eventId: EventId): void {
    this.#spans = this.#spans.map((span) => (span.eventId === eventId ? { ...span, pinned: false } : span));
  }

  /** Everything that the sequence must hold, in order. */
  tokens(): number[] {
    return [...this.#spans.flatMap((span) => span.tokens), ...this.#branch];
  }

  /** The eviction horizon: the oldest event, pinned ones apart, that is still here. */
  horizon(): EventId | undefined {
    let oldest: EventId | undefined;
    for (const { eventId, pinned, tokens } of this.#spans)
      if (!pinned && eventId !== undefined && tokens.length > 0) oldest = Math.min(oldest ?? eventId, eventId);
    return oldest;
  }

  views(): SpanView[] {
    let start = 0;
    const views: SpanView[] = [];
    for (const span of this.#spans) {
      if (span.tokens.length === 0) continue;
      views.push({
        id: span.id,
        kind: span.kind,
        ...(span.eventId === undefined ? {} : { eventId: span.eventId }),
        title: span.title,
        start,
        length: span.tokens.length,
        pinned: span.pinned,
        at: span.at,
      });
      start += span.tokens.length;
    }
    if (this.#branch.length > 0)
      views.push({ id: 0, kind: 'branch', title: '', start, length: this.#branch.length, pinned: false, at: 0 });
    return views;
  }

  #requireNoBranch(): void {
    if (this.#branch.length > 0) throw new Error('The branch must be rolled back first');
  }
}
