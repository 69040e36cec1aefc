import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Stopwatch, type Spent } from './stopwatch.js';

interface Kept {
  readonly value: unknown;
  readonly spent: Spent;
}

/** On disk. */
interface Saved {
  /** What all parts depend on: another model or another seed makes them worthless. */
  readonly key: string;
  readonly parts: ReadonlyMap<string, Kept>;
}

/**
 * Parts of a benchmark, kept on disk until the whole of it is done: what `--resume` goes on from. Not JSON, which knows
 * neither undefined nor NaN.
 */
export class Parts {
  readonly #path: string;
  readonly #key: string;
  readonly #parts: Map<string, Kept>;
  #spentBefore: Spent = { seconds: 0, cpuSeconds: 0 };

  /** @param depends plain data. */
  static async open(
    folder: string,
    name: string,
    options: { readonly resume: boolean; readonly depends: unknown },
  ): Promise<Parts> {
    const path = join(folder, `${name}.parts`);
    const key = createHash('sha256').update(JSON.stringify(options.depends)).digest('hex');
    const saved = options.resume ? await read(path) : undefined;
    return new Parts(path, key, new Map(saved?.key === key ? saved.parts : []));
  }

  private constructor(path: string, key: string, parts: Map<string, Kept>) {
    this.#path = path;
    this.#key = key;
    this.#parts = parts;
  }

  /** What went into the parts that were taken from the disk. */
  get spentBefore(): Spent {
    return this.#spentBefore;
  }

  /** Measures a part, unless it is there. Its value must be plain data (maps are). */
  async once<T>(name: string, measure: () => Promise<T>): Promise<T> {
    const kept = this.#parts.get(name);
    if (kept !== undefined) {
      this.addSpent(kept.spent);
      return kept.value as T;
    }
    const watch = new Stopwatch();
    const value = await measure();
    this.#parts.set(name, { value, spent: watch.spent });
    await this.#save();
    return value;
  }

  /** For a benchmark that keeps what it resumes from by itself. */
  addSpent({ seconds, cpuSeconds }: Spent): void {
    this.#spentBefore = {
      seconds: this.#spentBefore.seconds + seconds,
      cpuSeconds: this.#spentBefore.cpuSeconds + cpuSeconds,
    };
  }

  /** The benchmark is done. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  async #save(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const saved: Saved = { key: this.#key, parts: this.#parts };
    await writeFile(`${this.#path}.new`, serialize(saved));
    await rename(`${this.#path}.new`, this.#path);
  }
}

/** Nothing for a file that is not there or that another version wrote. */
async function read(path: string): Promise<Saved | undefined> {
  try {
    return deserialize(await readFile(path)) as Saved;
  } catch {
    return undefined;
  }
}
