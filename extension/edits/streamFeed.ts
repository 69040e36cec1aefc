import type { IncomingEvent } from '../../inference/protocol.js';
import { Sequencer } from '../base/async.js';
import type { Log } from '../base/log.js';

/** The part of the engine that takes events in. */
export interface StreamSink {
  isReady(): boolean;
  append(events: readonly IncomingEvent[]): Promise<unknown>;
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
  #waiting: IncomingEvent[] = [];
  #told: string | undefined;

  constructor(sink: StreamSink, log: Log) {
    this.#sink = sink;
    this.#log = log;
  }

  /** Events that the engine has not confirmed yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  add(event: IncomingEvent): void {
    this.#waiting.push(event);
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      this.#waiting.splice(0, surplus);
      this.#log.warn(`${surplus} edits were dropped: the engine has been away for too long.`);
    }
    void this.flush();
  }

  /** Resolves when all that was added has been taken in, or stays here because the engine is away. */
  flush(): Promise<void> {
    return this.#sending.run(async () => {
      while (this.#waiting.length > 0 && this.#sink.isReady()) {
        const batch = this.#waiting.slice(0, MAX_BATCH);
        try {
          await this.#sink.append(batch);
        } catch (error) {
          // Away in the middle: they stay, and go once it is back. Refused by a living engine: it would refuse again.
          if (!this.#sink.isReady()) return;
          this.#tell(error instanceof Error ? error.message : String(error));
        }
        this.#waiting = this.#waiting.filter((event) => !batch.includes(event));
      }
    });
  }

  /** A reason that lasts, such as a window that is full, is told once. */
  #tell(reason: string): void {
    if (reason !== this.#told) this.#log.warn(`Edits are not taken in: ${reason}`);
    this.#told = reason;
  }
}
