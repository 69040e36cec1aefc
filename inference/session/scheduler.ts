/**
 * One queue, one owner of the sequence. Completion goes before chat, chat before recall, recall before ingestion; what
 * runs steps aside at token boundaries, finishes later, and never sees the cache changed under it except by evictions.
 */
export type Priority = 'completion' | 'chat' | 'recall' | 'ingestion';

const RANK: Readonly<Record<Priority, number>> = { completion: 3, chat: 2, recall: 1, ingestion: 0 };

/** What a running job holds. */
export interface Slice {
  /**
   * Lets more urgent work go first. `event`: the job is inside an event, so only a completion may run, since its
   * branch leaves the stream as it was. `stream`: the job is between two events, so anything more urgent may run.
   */
  stepAside(at: 'event' | 'stream'): Promise<void>;
}

interface Waiting {
  readonly rank: number;
  readonly start: () => Promise<void>;
  readonly drop: (reason: Error) => void;
}

export class Scheduler {
  readonly #waiting: Waiting[] = [];
  #running = false;
  #disposed: Error | undefined;
  readonly #idle: (() => void)[] = [];

  /** Whether a job is running or waiting. */
  get busy(): boolean {
    return this.#running || this.#waiting.length > 0;
  }

  /** Runs a job when its turn comes. A job that has not started when the signal fires never does. */
  run<T>(priority: Priority, job: (slice: Slice) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#disposed !== undefined) return Promise.reject(this.#disposed);
    return new Promise<T>((resolve, reject) => {
      const rank = RANK[priority];
      const waiting: Waiting = {
        rank,
        start: () => job(this.#slice(rank)).then(resolve, reject),
        drop: reject,
      };
      signal?.addEventListener(
        'abort',
        () => {
          const at = this.#waiting.indexOf(waiting);
          if (at < 0) return;
          this.#waiting.splice(at, 1);
          reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
        },
        { once: true },
      );
      // Stable: of equal rank the one that came first goes first.
      const before = this.#waiting.findIndex((other) => other.rank < rank);
      this.#waiting.splice(before < 0 ? this.#waiting.length : before, 0, waiting);
      if (!this.#running) void this.#drain();
    });
  }

  /** Resolves when nothing runs or waits. */
  whenIdle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  /** Nothing new starts; what waits is dropped with this error. */
  dispose(reason: Error): void {
    this.#disposed = reason;
    for (const waiting of this.#waiting.splice(0)) waiting.drop(reason);
  }

  #slice(rank: number): Slice {
    return {
      stepAside: async (at) => {
        const least = at === 'event' ? RANK.completion : rank + 1;
        for (;;) {
          const next = this.#waiting[0];
          if (next === undefined || next.rank <= rank || next.rank < least) return;
          this.#waiting.shift();
          await next.start();
        }
      },
    };
  }

  async #drain(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next.start();
    this.#running = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
