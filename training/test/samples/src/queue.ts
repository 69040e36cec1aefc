import { EventEmitter } from 'node:events';

export interface Job {
  id: number;
  run(): Promise<void>;
}

/** Runs jobs one after another. */
export class Queue extends EventEmitter {
  private waiting: Job[] = [];
  private busy = false;

  /** Adds a job and starts the queue if it rests. */
  push(job: Job): void {
    this.waiting.push(job);
    if (!this.busy) {
      void this.drain();
    }
  }

  async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const next = this.waiting.shift();
      const started = Date.now();
      await next?.run();
      this.emit('done', next?.id, Date.now() - started);
    }
    this.busy = false;
  }
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

// Waits for some milliseconds.
export function sleep(delay: number): Promise<void> {
  const timer = new Promise<void>((resolve) => setTimeout(resolve, delay));
  return timer;
}
