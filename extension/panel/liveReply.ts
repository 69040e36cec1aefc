import type { EventId, EventView } from '../../inference/views.js';

/**
 * The reply that is being written, with all of its text so far. A page of the transcript is a picture of a moment; the
 * pieces that came between the picture and its arrival are put in here, so that a panel that opens in the middle of an
 * answer misses none.
 */
export class LiveReply {
  #reply: EventView | undefined;

  handleEvent(event: EventView): void {
    if (event.kind !== 'reply') return;
    if (event.state === 'streaming') this.#reply = event;
    else if (this.#reply?.id === event.id) this.#reply = undefined;
  }

  handleDelta(replyId: EventId, text: string): void {
    if (this.#reply?.id === replyId) this.#reply = { ...this.#reply, text: this.#reply.text + text };
  }

  /** The engine that was writing it is gone. */
  clear(): void {
    this.#reply = undefined;
  }

  /** The events, with the live reply as it is now. */
  refresh(events: readonly EventView[]): readonly EventView[] {
    const reply = this.#reply;
    return reply ? events.map((event) => (event.id === reply.id ? reply : event)) : events;
  }
}
