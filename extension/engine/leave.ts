import { setTimeout as sleep } from 'node:timers/promises';
import type { IDisposable } from '../base/lifecycle.js';
import type { Supervisor } from './supervisor.js';

/** Milliseconds for the last edits to reach the journal; VS Code waits about five seconds in all. */
const LAST_EDITS = 500;

/**
 * The end of the extension in order: the last edits into the journal, then the engine saves what it has. VS Code disposes
 * everything else as soon as `deactivate` has returned its promise, so the engine is not among that: it lives until here.
 */
export class Leave implements IDisposable {
  readonly #engine: Pick<Supervisor, 'stop' | 'dispose'>;
  readonly #settleEdits: () => Promise<void>;
  readonly #limit: number;
  #leaving = false;

  /**
   * @param settleEdits must have taken the edits, but for their way to the engine, before it first waits for anything.
   * @param limit milliseconds for that way.
   */
  constructor(
    engine: Pick<Supervisor, 'stop' | 'dispose'>,
    settleEdits: () => Promise<void>,
    limit: number = LAST_EDITS,
  ) {
    this.#engine = engine;
    this.#settleEdits = settleEdits;
    this.#limit = limit;
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    try {
      await Promise.race([this.#settleEdits(), sleep(this.#limit, undefined, { ref: false })]);
    } finally {
      await this.#engine.stop();
      this.#engine.dispose();
    }
  }

  /** An extension that is disposed without having been deactivated takes its engine along. */
  dispose(): void {
    if (!this.#leaving) this.#engine.dispose();
  }
}
