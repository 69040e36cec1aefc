import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** A small file for the next start to read, should this process not live to say more. */
export class DurableNote<T> {
  readonly #folder: string;
  readonly #path: string;
  readonly #isValid: (value: unknown) => value is T;

  /** @param depends everything that the note is about; another note for anything else. */
  constructor(folder: string, depends: readonly string[], isValid: (value: unknown) => value is T) {
    this.#folder = folder;
    this.#path = join(folder, `${createHash('sha256').update(depends.join('\n')).digest('hex').slice(0, 32)}.json`);
    this.#isValid = isValid;
  }

  read(): T | undefined {
    try {
      const value: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return this.#isValid(value) ? value : undefined;
    } catch {
      // There is none, or it is damaged, which tells as much.
      return undefined;
    }
  }

  /**
   * On the disk when it resolves: what comes next may end the process. A note that cannot be written, on a full disk say,
   * is no reason not to start.
   */
  async write(value: T): Promise<void> {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      {
        await using file = await open(temporary, 'w');
        await file.writeFile(JSON.stringify(value));
        await file.sync();
      }
      await rename(temporary, this.#path);
    } catch {
      // Half a note would be worse than none.
      remove(temporary);
    }
  }

  /**
   * Runs `action`, and takes the note away should the process end in an orderly way meanwhile: a person who closes the
   * window in the middle has not met a broken model, and an abort runs no handlers.
   */
  async during<R>(action: () => Promise<R>): Promise<R> {
    const forget = (): void => this.forget();
    process.once('exit', forget);
    try {
      return await action();
    } finally {
      process.off('exit', forget);
    }
  }

  forget(): void {
    remove(this.#path);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is none, or may not be written to: then there is no note either.
  }
}
