import type { IncomingEvent } from '../../inference/protocol.js';
import type { EventId } from '../../inference/views.js';
import { Sequencer } from '../base/async.js';
import type { Log } from '../base/log.js';

/** The part of the engine that takes events in. */
export interface StreamSink {
  isReady(): boolean;
  append(events: readonly IncomingEvent[]): Promise<readonly EventId[]>;
}

/** An event on its way into the stream. */
export interface FedEvent {
  /** Once the engine has taken it in. */
  readonly id?: EventId;
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

/** Hands events to the engine in order, one batch at a time, and keeps them while the engine is away. */
export class StreamFeed {
  readonly #sink: StreamSink;
  readonly #log: Log;
  readonly #sending = new Sequencer();
  #waiting: WaitingEvent[] = [];
  #told: string | undefined;

  constructor(sink: StreamSink, log: Log) {
    this.#sink = sink;
    this.#log = log;
  }

  /** Events that the engine has not confirmed yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** @param supersedes earlier events that this one makes worthless */
  add(event: IncomingEvent, supersedes: readonly FedEvent[] = []): FedEvent {
    const fed: WaitingEvent = { event, supersedes };
    this.#waiting.push(fed);
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#log.warn(`${surplus} edits were dropped: the engine has been away for too long.`);
    }
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
        } catch (error) {
          // Away in the middle: they stay, and go once it is back. Refused by a living engine: it would refuse again.
          if (!this.#sink.isReady()) return;
          this.#tell(error instanceof Error ? error.message : String(error));
        }
        this.#waiting = this.#waiting.filter((fed) => !batch.includes(fed));
      }
    });
  }

  /** A reason that lasts, such as a window that is full, is told once. */
  #tell(reason: string): void {
    if (reason !== this.#told) this.#log.warn(`Edits are not taken in: ${reason}`);
    this.#told = reason;
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
