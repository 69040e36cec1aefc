import type { IncomingEvent } from '../../inference/protocol.js';
import type { EventId } from '../../inference/views.js';
import { Delayer, Sequencer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { EngineError } from '../engine/engineError.js';

/** The part of the engine that takes events in. */
export interface StreamSink {
  /** Whether it takes anything now. */
  isReady(): boolean;
  append(events: readonly IncomingEvent[]): Promise<readonly EventId[]>;
}

/** Where what waits outlives the window. */
export interface WaitingRoom {
  /** What earlier windows have left; to be forgotten when it is written anew. */
  leftBehind(): { readonly events: readonly IncomingEvent[]; readonly forget: () => void };
  /** Returns whether it has worked. */
  write(events: readonly IncomingEvent[]): boolean;
}

/** An event on its way into the stream. */
export interface FedEvent {
  /** Once the engine has taken it in. */
  readonly id?: EventId;
  /** It is not on its way any more: a session that only reads takes nothing. */
  readonly dropped?: true;
}

interface WaitingEvent extends FedEvent {
  id?: EventId;
  readonly event: IncomingEvent;
  readonly supersedes: readonly FedEvent[];
}

/** Events kept while the engine is away; beyond that the oldest go. */
const MAX_WAITING = 500;

/** Events of one request. */
const MAX_BATCH = 50;

/** Milliseconds for which a session that a reload could not take at once may be read-only. */
const TAKE_OVER_LIMIT = 15_000;

/** Milliseconds after which a disk that was full is tried again. */
const RETRY_AFTER = 5_000;

/**
 * Hands events to the engine in order, one batch at a time, and keeps them while the engine is away or the disk is full:
 * beyond the end of the window, too.
 */
export class StreamFeed extends Disposable {
  readonly #sink: StreamSink;
  readonly #log: Log;
  readonly #room: WaitingRoom;
  readonly #handleHeldBack: (reason: string) => void;
  readonly #sending = new Sequencer();
  readonly #retry = this.register(new Delayer(() => void this.flush()));
  #waiting: WaitingEvent[] = [];
  #kept = false;
  /** When the engine began to read only; undefined while it writes. */
  #readingSince: number | undefined;
  #told: string | undefined;

  /** @param handleHeldBack edits wait since the journal cannot be written: whoever can make room should know. */
  constructor(
    sink: StreamSink,
    log: Log,
    room: WaitingRoom,
    handleHeldBack: (reason: string) => void = () => undefined,
  ) {
    super();
    this.#sink = sink;
    this.#log = log;
    this.#room = room;
    this.#handleHeldBack = handleHeldBack;
  }

  /** Events that the engine has not confirmed yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** What ended windows could not hand on goes first. To be called when there is an engine that takes it in. */
  takeOver(): void {
    this.#readingSince = undefined;
    const { events, forget } = this.#room.leftBehind();
    if (events.length === 0) return;
    const own = this.#waiting;
    this.#waiting = [...events.map((event): WaitingEvent => ({ event, supersedes: [] })), ...own];
    if (this.#keep()) forget();
    // They are safe where they are; here, they would be told once more by whoever takes them over next.
    else this.#waiting = own;
  }

  /**
   * To be called when there is an engine that only reads. After a reload it soon writes, and what waits goes then. But where
   * another window has the session, that window tells what happens in the workspace, and this one would tell it again.
   */
  noteReadOnly(): void {
    this.#readingSince ??= performance.now();
  }

  /** @param supersedes earlier events that this one makes worthless */
  add(event: IncomingEvent, supersedes: readonly FedEvent[] = []): FedEvent {
    if (this.#readingSince !== undefined && performance.now() - this.#readingSince > TAKE_OVER_LIMIT)
      return { dropped: true };
    const fed: WaitingEvent = { event, supersedes };
    this.#waiting.push(fed);
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#log.warn(`${surplus} edits were dropped: the engine has been away for too long.`);
    }
    if (!this.#sink.isReady()) this.#keep();
    void this.flush();
    return fed;
  }

  /** Resolves when all that was added has been taken in, or stays here because the engine is away. */
  flush(): Promise<void> {
    return this.#sending.run(async () => {
      while (this.#waiting.length > 0 && this.#sink.isReady()) {
        const batch = nextBatch(this.#waiting);
        try {
          const ids = await this.#sink.append(batch.map(withIds));
          for (const [index, id] of ids.entries()) Object.assign(batch[index] ?? {}, { id });
          this.#told = undefined;
        } catch (error) {
          // Away in the middle: they stay, and go once it is back.
          if (!this.#sink.isReady()) {
            this.#keep();
            return;
          }
          const reason = error instanceof Error ? error.message : String(error);
          const isNew = this.#tell(reason);
          // A full disk has room again some time. Anything else that a living engine refuses it would refuse again.
          if (error instanceof EngineError && error.userError.code === 'storageFailed') {
            if (isNew) this.#handleHeldBack(reason);
            this.#keep();
            this.#retry.schedule(RETRY_AFTER);
            return;
          }
        }
        this.#waiting = this.#waiting.filter((fed) => !batch.includes(fed));
        // An engine that ended in order in the meantime has taken the batch, and no more.
        if (this.#kept || (this.#waiting.length > 0 && !this.#sink.isReady())) this.#keep();
      }
    });
  }

  /** Puts what waits where the end of the window does not reach it, and takes out what has gone. */
  #keep(): boolean {
    this.#kept = this.#waiting.length > 0;
    // Without its id nobody could say later what it made worthless.
    const worthless = new Set(this.#waiting.flatMap(({ supersedes }) => supersedes));
    return this.#room.write(this.#waiting.filter((fed) => !worthless.has(fed)).map(withIds));
  }

  /** A reason that lasts is told once. Returns whether it is a new one. */
  #tell(reason: string): boolean {
    const isNew = reason !== this.#told;
    if (isNew) this.#log.warn(`Edits are not taken in: ${reason}`);
    this.#told = reason;
    return isNew;
  }
}

/** What can go at once: an event that supersedes another one follows when that one has its id. */
function nextBatch(waiting: readonly WaitingEvent[]): readonly WaitingEvent[] {
  const batch: WaitingEvent[] = [];
  const inBatch = new Set<FedEvent>();
  for (const fed of waiting.slice(0, MAX_BATCH)) {
    if (fed.supersedes.some((old) => inBatch.has(old))) break;
    batch.push(fed);
    inBatch.add(fed);
  }
  return batch;
}

/** What was dropped or refused has no id, and nothing to leave. */
function withIds({ event, supersedes }: WaitingEvent): IncomingEvent {
  const ids = supersedes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return ids.length > 0 ? { ...event, supersedes: ids } : event;
}
