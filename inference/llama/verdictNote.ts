import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** What the probe of a model's cache found, for the starts to come. */
export interface Verdict {
  readonly shift: boolean;
  readonly rollBack: boolean;
  readonly reason?: string;
}

export type Note =
  /** The probe is running; or it was, and has ended the process. */
  | { readonly state: 'probing'; readonly stage: 'rollBack' | 'shift'; readonly rollBack: boolean }
  | { readonly state: 'settled'; readonly verdict: Verdict };

/** The note on disk about one model: written before the probe, so that the next start knows what ended this one. */
export class VerdictNote {
  readonly #path: string;

  constructor(folder: string, key: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, `${key}.json`);
  }

  read(): Note | undefined {
    try {
      const note: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return isNote(note) ? note : undefined;
    } catch {
      // There is none, or it is damaged: then the probe runs again.
      return undefined;
    }
  }

  /** Durable when it resolves: what comes next may end the process. */
  async write(note: Note): Promise<void> {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    {
      await using file = await open(temporary, 'w');
      await file.writeFile(JSON.stringify(note));
      await file.sync();
    }
    await rename(temporary, this.#path);
  }

  /** At once: for the last moment of the process. */
  forget(): void {
    rmSync(this.#path, { force: true });
  }
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  return value.state === 'probing' || (value.state === 'settled' && 'verdict' in value);
}
