import type { EventId, EventView } from '../../inference/views.js';
import type { ToPanel } from '../messages.js';
import { FakeStream } from './fakeStream.js';

const CODE = `\`\`\`ts
export function totalOf(cart: Cart): number {
  return cart.items.reduce((sum, { price, count }) => sum + price * count, 0);
}
\`\`\``;

/** Events of one page. */
const PAGE = 100;
/** Events of one page on the way to a far one. */
const FAR_PAGE = 2000;
/** Turns of the talk that begin in one frame; the last answer of each is still being written when it is drawn. */
const TURNS = 4;

/**
 * A talk that may become as long as one likes and keeps nothing of itself: every event is made from its number whenever
 * it is asked for, so that what the page holds in memory is what the panel holds.
 */
export class EndlessTalk {
  private readonly stream: FakeStream;
  private readonly begun: number;
  private last = 0;

  constructor(capacity: number, now: number) {
    this.stream = new FakeStream(capacity, now);
    this.begun = now;
    this.grow(2);
  }

  /** Of the newest events, or of those before one; with `reach` down to that one, if it is not too far. */
  page(before = this.last + 1, reach = before): Extract<ToPanel, { type: 'page' }> {
    const first = Math.max(1, before - Math.min(FAR_PAGE, Math.max(PAGE, before - reach)));
    const events = Array.from({ length: before - first }, (_, index) => this.event(first + index));
    return { type: 'page', ...(before <= this.last ? { before } : {}), events, more: first > 1 };
  }

  window(): Extract<ToPanel, { type: 'window' }> {
    return { type: 'window', window: this.stream.window() };
  }

  /** Goes on until there are so many events, of which nobody is told. */
  goOnUnseen(events: number): void {
    this.grow(Math.max(0, events - this.last));
  }

  /** Goes on until there are so many events; resolves to how long each frame took, in milliseconds. */
  async goOn(events: number, send: (message: ToPanel) => void): Promise<number[]> {
    const frames: number[] = [];
    let writing: EventView | undefined;
    for (let before = await nextFrame(); this.last < events;) {
      for (let turn = 0; turn < TURNS && this.last < events; turn++) {
        if (writing) send({ type: 'event', event: writing });
        const [question, reply] = this.grow(2) as [EventView, EventView];
        writing = reply;
        send({ type: 'event', event: question });
        send({ type: 'event', event: { ...reply, text: '', state: 'streaming' } });
        for (const word of reply.text.match(/\s*\S+\s*/g)?.slice(0, -1) ?? [])
          send({ type: 'delta', replyId: reply.id, text: word });
      }
      send(this.window());
      const now = await nextFrame();
      frames.push(now - before);
      before = now;
    }
    if (writing) send({ type: 'event', event: writing });
    return frames;
  }

  private grow(count: number): EventView[] {
    return Array.from({ length: count }, () => {
      const event = this.event(++this.last);
      this.stream.add(event.kind, event.title, '', 20 + (event.id % 60));
      this.stream.events.length = 0;
      return event;
    });
  }

  private event(id: EventId): EventView {
    const question = id % 2 === 1;
    const text = question
      ? `Question ${id}: what does the total of cart ${id} cost?`
      : `The total of cart **${id}** is ${id * 3} euros.\n\n${id % 10 === 0 ? CODE : `1. Its items cost \`${id}\`.\n2. The rest is tax.`}`;
    return {
      id,
      kind: question ? 'message' : 'reply',
      title: `Question ${id}`,
      text,
      at: this.begun - (20_000 - id) * 1000,
      state: 'complete',
    };
  }
}

/** The moment of the next frame, once everything that was sent before has been drawn with it. */
const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
