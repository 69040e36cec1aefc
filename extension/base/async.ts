import type { IDisposable } from './lifecycle.js';

/** Runs a task once, some time after the last call of `schedule`. */
export class Delayer implements IDisposable {
  readonly #task: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(task: () => void) {
    this.#task = task;
  }

  get scheduled(): boolean {
    return this.#timer !== undefined;
  }

  schedule(milliseconds: number): void {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#task();
    }, milliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}

/** Runs a task at most once in an interval, and once after the last request. */
export class Throttle implements IDisposable {
  readonly #interval: number;
  readonly #task: () => void;
  readonly #delayer = new Delayer(() => this.run());
  #last = Number.NEGATIVE_INFINITY;

  /** @param interval milliseconds */
  constructor(interval: number, task: () => void) {
    this.#interval = interval;
    this.#task = task;
  }

  request(): void {
    if (this.#delayer.scheduled) return;
    const wait = this.#last + this.#interval - performance.now();
    if (wait <= 0) this.run();
    else this.#delayer.schedule(wait);
  }

  /** Runs it now, whatever was requested. */
  run(): void {
    this.#delayer.cancel();
    this.#last = performance.now();
    this.#task();
  }

  /** Forgets what was requested. */
  cancel(): void {
    this.#delayer.cancel();
  }

  dispose(): void {
    this.cancel();
  }
}

/** Whether the promise settled within the time; its rejection counts as settled. */
export async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, milliseconds);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs tasks one after the other, in the order of the calls. A failed task does not stop the next. */
export class Sequencer {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task, task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
