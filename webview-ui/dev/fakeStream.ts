import type { Counters, EventKind, EventView, SpanView, WindowView } from '../../inference/views.js';
import { isMark } from '../state/visibility.js';

const NO_COUNTS: Counters = {
  streamed: 0,
  generated: 0,
  evaluated: 0,
  branched: 0,
  reEvaluated: 0,
  evicted: 0,
  moved: 0,
  evictions: 0,
  resets: 0,
  prefillMs: 0,
  decodeMs: 0,
  shiftMs: 0,
};

/** A stand-in for the engine's window: events go in, the oldest go out in blocks. */
export class FakeStream {
  readonly events: EventView[] = [];
  private spans: SpanView[] = [];
  private counters = NO_COUNTS;
  private nextId = 1;

  private readonly capacity: number;
  private readonly now: number;

  constructor(capacity: number, now: number) {
    this.capacity = capacity;
    this.now = now;
    this.spans.push(this.span(-1, 'sink', 'sink', 1, true));
  }

  add(kind: EventKind, title: string, text: string, tokens: number, state: EventView['state'] = 'complete'): EventView {
    const id = this.nextId++;
    const event: EventView = { id, kind, title, text, at: this.now - Math.max(0, 4000 - id) * 20_000, state };
    this.events.push(event);
    if (kind === 'reset') {
      this.spans = this.spans.filter((span) => span.pinned);
      this.counters = { ...this.counters, resets: this.counters.resets + 1 };
    } else if (!isMark(kind))
      this.spans.push(this.span(id, kind, title, tokens, kind === 'system' || kind === 'memory', id));
    this.counters = { ...this.counters, streamed: this.counters.streamed + tokens };
    this.evict();
    return event;
  }

  unpin(id: number): EventView {
    const title = this.events.find((event) => event.id === id)?.title ?? '';
    this.spans = this.placed(this.spans.filter(({ eventId }) => eventId !== id));
    return this.add('unpin', title, String(id), 0);
  }

  window(): WindowView {
    return {
      capacity: this.capacity,
      reserve: Math.round(this.capacity / 10),
      pinnedBudget: Math.round(this.capacity / 4),
      used: this.used(),
      spans: this.spans,
      ...this.horizon(),
      policy: 'sink',
      counters: {
        ...this.counters,
        evaluated: this.counters.streamed,
        generated: Math.round(this.counters.streamed / 4),
        prefillMs: this.counters.streamed * 0.4,
        decodeMs: this.counters.streamed * 9,
        shiftMs: this.counters.evictions * 2.1,
      },
      speed: {
        tokensPerSecond: 41.7,
        timeToFirstToken: 182,
        tokenLatency: { median: 23.8, p95: 31.2, worst: 58.4 },
      },
      health: { state: 'good', surprisal: 1.82, baseline: 1.74 },
    };
  }

  private horizon(): { readonly horizon?: number } {
    const oldest = this.spans.find((span) => !span.pinned && span.eventId !== undefined)?.eventId;
    return oldest === undefined ? {} : { horizon: oldest };
  }

  private span(
    id: number,
    kind: SpanView['kind'],
    title: string,
    length: number,
    pinned: boolean,
    eventId?: number,
  ): SpanView {
    const at = this.now - Math.max(0, 4000 - id) * 20_000;
    return { id, kind, title, start: this.used(), length, pinned, at, ...(eventId !== undefined && { eventId }) };
  }

  private used(): number {
    return this.spans.reduce((sum, span) => sum + span.length, 0);
  }

  private evict(): void {
    const most = this.capacity * 0.9;
    if (this.used() <= most) return;
    while (this.used() > most - 64) {
      const index = this.spans.findIndex((span) => !span.pinned);
      const [gone] = this.spans.splice(index, 1);
      if (!gone) return;
      this.counters = { ...this.counters, evicted: this.counters.evicted + gone.length };
    }
    this.spans = this.placed(this.spans);
    const { evictions, moved } = this.counters;
    this.counters = { ...this.counters, evictions: evictions + 1, moved: moved + this.used() };
  }

  private placed(spans: readonly SpanView[]): SpanView[] {
    let start = 0;
    return spans.map((span) => {
      const moved = { ...span, start };
      start += span.length;
      return moved;
    });
  }
}
