import { EngineError } from '../errors.js';
import type { EventId, EventView } from '../views.js';
import { appendEvent, type SessionCore } from './core.js';
import type { PinnedRoom } from './pinnedRoom.js';
import type { Slice } from './scheduler.js';

/** What is journaled and not in the window yet. */
export class Intake {
  readonly #core: SessionCore;
  readonly #pinnedRoom: PinnedRoom;
  /** What ingestion takes next, in order. */
  readonly #pending: EventView[] = [];
  /** The pending ones, and what somebody else takes into the window: questions and recalled events. */
  readonly #missing = new Set<EventId>();
  /** What the pending events make worthless, by their ids. */
  readonly #superseding = new Map<EventId, readonly EventId[]>();

  constructor(core: SessionCore, pinnedRoom: PinnedRoom) {
    this.#core = core;
    this.#pinnedRoom = pinnedRoom;
  }

  get missing(): readonly EventId[] {
    return [...this.#missing];
  }

  /** @param superseded the events that this one makes worthless. */
  add(event: EventView, superseded: readonly EventId[] = []): void {
    this.#pending.push(event);
    this.#missing.add(event.id);
    if (superseded.length > 0) this.#superseding.set(event.id, superseded);
    if (event.kind === 'memory') this.#pinnedRoom.hold(event.id, event.text);
  }

  /** Somebody else takes it into the window, and says so with `release`. */
  hold(id: EventId): void {
    this.#missing.add(id);
  }

  release(id: EventId): void {
    this.#missing.delete(id);
  }

  /**
   * Takes all that is pending into the window, until `stop` fires: the rest is then still pending. One for which there
   * is no room does not keep the others out.
   *
   * @throws EngineError `windowFull`, at the end, if there was no room for one.
   */
  async drain(slice: Slice, at: 'event' | 'stream', stop: AbortSignal): Promise<void> {
    let full: EngineError | undefined;
    while (!stop.aborted) {
      const event = this.#pending.shift();
      if (event === undefined) break;
      this.#missing.delete(event.id);
      // Before the event enters: the room that it needs is taken from them.
      for (const old of this.#superseding.get(event.id) ?? []) this.#core.live.supersede(old);
      this.#superseding.delete(event.id);
      try {
        await appendEvent(this.#core, event, slice, event.kind === 'memory' ? { pinned: true } : {});
      } catch (error) {
        if (!isFull(error)) throw error;
        full ??= error;
      } finally {
        this.#pinnedRoom.release(event.id);
      }
      await slice.stepAside(at);
    }
    if (full !== undefined) throw full;
  }

  /** The same before what makes room: that there was none is no reason not to do it. */
  async drainWhatFits(slice: Slice, stop: AbortSignal): Promise<void> {
    try {
      await this.drain(slice, 'event', stop);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}

const isFull = (error: unknown): error is EngineError => error instanceof EngineError && error.code === 'windowFull';
