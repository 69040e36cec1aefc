import { messageOf } from '../errors.js';
import type { EventId } from '../views.js';
import type { Keeper } from './keeper.js';

/** Milliseconds without work after which the window is written to disk. */
const IDLE_BEFORE_CHECKPOINT = 5000;

/** Bytes that saving when idle may write in a millisecond, over time: the state of a large window is hundreds of megabytes. */
const SAVED_PER_MILLISECOND = 4000;

/** How far into the journal a saved window is. */
export type SavedTo = Parameters<Keeper['save']>[0];

export interface SavingOptions {
  readonly keeper: Pick<Keeper, 'save'>;
  /** What is saved is settled first, and taken back for that: where that fails it would be the whole window each time. */
  readonly canSave: boolean;
  readonly log: (level: 'warn', message: string) => void;
  /** Nothing has happened for a while. */
  readonly whenIdle: () => void;
}

/**
 * When the window is saved, and that one save comes after the other. None of it ever fails: the journal is what must not;
 * without a checkpoint the next start only takes longer.
 */
export class Saving implements Disposable {
  readonly #options: SavingOptions;
  #idle: NodeJS.Timeout | undefined;
  /** What is still being made a checkpoint of. */
  #keeping: Promise<void> = Promise.resolve();
  /** Milliseconds on `performance.now()`'s clock before which an idle moment is no reason to save again. */
  #restUntil = 0;

  constructor(options: SavingOptions) {
    this.#options = options;
  }

  /** Copies the state of the window to a file, for which nothing else may use the sequence; the rest is `settled`. */
  async copy(to: SavedTo, beforeReset?: EventId): Promise<void> {
    const { keeper, canSave, log } = this.#options;
    if (!canSave) return;
    await this.#keeping;
    try {
      const keep = await keeper.save(to, beforeReset);
      if (keep === undefined) log('warn', 'The window is not saved: its state is larger than allowed');
      else
        this.#keeping = keep().then(
          (bytes) => {
            this.#restUntil = performance.now() + bytes / SAVED_PER_MILLISECOND;
          },
          (error: unknown) => this.tell(error),
        );
    } catch (error) {
      // A full disk, say.
      this.tell(error);
    }
  }

  /** Copies it, and resolves when the copy is a checkpoint, or could not be. */
  async save(to: SavedTo, beforeReset?: EventId): Promise<void> {
    await this.copy(to, beforeReset);
    await this.#keeping;
  }

  /** Resolves when what was copied is a checkpoint, or could not be. */
  settled(): Promise<void> {
    return this.#keeping;
  }

  tell(error: unknown): void {
    this.#options.log('warn', `The window could not be saved: ${messageOf(error)}`);
  }

  /** Something has changed: `whenIdle` once nothing has happened for a while. */
  whenIdle(): void {
    clearTimeout(this.#idle);
    const wait = Math.max(IDLE_BEFORE_CHECKPOINT, this.#restUntil - performance.now());
    this.#idle = setTimeout(() => {
      this.#idle = undefined;
      this.#options.whenIdle();
    }, wait);
    this.#idle.unref();
  }

  /** Who types is not idle. */
  putOff(): void {
    if (this.#idle !== undefined) this.whenIdle();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idle);
  }
}
