import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** A small file for the next start to read, should this process not live to say more. */
export class DurableNote<T> {
  readonly #path: string;
  readonly #isValid: (value: unknown) => value is T;

  /** @param depends everything that the note is about; another note for anything else. */
  constructor(folder: string, depends: readonly string[], isValid: (value: unknown) => value is T) {
    mkdirSync(folder, { recursive: true });
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

  /** On the disk when it resolves: what comes next may end the process. */
  async write(value: T): Promise<void> {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    {
      await using file = await open(temporary, 'w');
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    }
    await rename(temporary, this.#path);
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
    rmSync(this.#path, { force: true });
  }
}
