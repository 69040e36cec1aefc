import { createHash } from 'node:crypto';
import { createReadStream, renameSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EventId } from '../views.js';

/** A span as it is written down. */
export interface SavedSpan {
  readonly kind: string;
  readonly title: string;
  readonly at: number;
  readonly pinned: boolean;
  readonly group: number;
  readonly opening: number;
  readonly cut: number;
  readonly superseded: boolean;
  readonly eventId?: EventId;
  readonly tokens: readonly number[];
}

/** What a saved KV state is of: whatever has to agree before llama.cpp may be given the file. */
export interface CheckpointHeader {
  readonly version: 1;
  /** models/modelHash.ts */
  readonly model: string;
  /** Types of the K and V cache, and the version of llama.cpp's library: a state of other ones cannot be read. */
  readonly format: string;
  readonly spans: readonly SavedSpan[];
  /** The newest event in the journal then. */
  readonly lastEvent: EventId;
  /** Older ones that were not in the stream yet. */
  readonly missing: readonly EventId[];
  /** The likeliest next tokens and their probabilities: what a good state must give again. */
  readonly fingerprint: readonly (readonly [token: number, probability: number])[];
  /** SHA-256 of the state file: llama.cpp ends the process over a damaged one, so it never sees one. */
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Made just before a reset, for "Undo Reset": of this event. */
  readonly beforeReset?: EventId;
}

export interface Checkpoint {
  readonly header: CheckpointHeader;
  /** The KV state, for llama.cpp. */
  readonly statePath: string;
  readonly name: string;
}

const KEPT = 2;

/**
 * KV states on disk. A checkpoint is a state file and a header; the header is renamed into place last, so a header
 * means a whole checkpoint. While one is being loaded its header bears another name: llama.cpp can end the process over
 * a bad state, and the next start then knows which one it was.
 */
export class CheckpointStore {
  readonly #folder: string;
  readonly #maxBytes: number;

  /** @param maxBytes of one checkpoint; a larger one is not kept. */
  constructor(folder: string, maxBytes: number) {
    this.#folder = join(folder, 'checkpoints');
    this.#maxBytes = maxBytes;
  }

  /**
   * Writes a state to a temporary file.
   *
   * @param save writes the KV state to the path it is given.
   * @returns what makes a checkpoint of it (hash, fsync, rename), drops all but the last two and those undone resets, and
   * gives its size in bytes; undefined when it is larger than allowed.
   */
  async write(
    header: Omit<CheckpointHeader, 'sha256'>,
    save: (path: string) => Promise<void>,
  ): Promise<(() => Promise<number>) | undefined> {
    await mkdir(this.#folder, { recursive: true });
    const name = await this.#newName(header.at, header.beforeReset === undefined ? '' : '-reset');
    const temporary = join(this.#folder, `${name}.kv.part`);
    return orRemove([temporary], async () => {
      await save(temporary);
      const { size } = await stat(temporary);
      if (size <= this.#maxBytes) return () => this.#keep(name, header, temporary, size);
      await rm(temporary, { force: true });
      return undefined;
    });
  }

  /** After all that are there, also when the clock has been set back: the newest is the one whose name is the last. */
  async #newName(at: number, ending: string): Promise<string> {
    const times = (await this.#files()).map((file) => Number.parseInt(file, 10)).filter((time) => !Number.isNaN(time));
    return `${Math.max(at, ...times.map((time) => time + 1))
      .toString()
      .padStart(15, '0')}${ending}`;
  }

  async #keep(
    name: string,
    header: Omit<CheckpointHeader, 'sha256'>,
    temporary: string,
    size: number,
  ): Promise<number> {
    const state = join(this.#folder, `${name}.kv`);
    const headerPath = join(this.#folder, `${name}.json`);
    await orRemove([temporary, state, `${headerPath}.part`], async () => {
      await syncFile(temporary);
      const whole: CheckpointHeader = { ...header, sha256: await hashFile(temporary) };
      await writeSynced(`${headerPath}.part`, JSON.stringify(whole));
      await rename(temporary, state);
      await rename(`${headerPath}.part`, headerPath);
    });
    await this.#prune();
    return size;
  }

  /** Removes what the end of a process, or of the power, left half done. Not while something is being written. */
  async sweep(): Promise<void> {
    const files = await this.#files();
    const whole = new Set(files.filter((file) => file.endsWith('.json')));
    for (const file of files)
      if (!whole.has(file) && !whole.has(file.replace(/\.kv$/, '.json')))
        await rm(join(this.#folder, file), { force: true });
  }

  /** Whole checkpoints, newest first; a header that cannot be read is removed with its state. */
  async list(): Promise<Checkpoint[]> {
    const checkpoints: Checkpoint[] = [];
    for (const file of (await this.#files()).sort().reverse()) {
      if (!file.endsWith('.json')) continue;
      const name = file.slice(0, -'.json'.length);
      const header = await this.#read(file);
      if (header === undefined) await this.discard(name);
      else checkpoints.push({ header, name, statePath: join(this.#folder, `${name}.kv`) });
    }
    return checkpoints;
  }

  /** Removes checkpoints that ended the process when they were loaded. Returns how many. */
  async discardFatal(): Promise<number> {
    const fatal = (await this.#files()).filter((file) => file.endsWith('.loading'));
    for (const file of fatal) await this.discard(file.slice(0, -'.json.loading'.length));
    return fatal.length;
  }

  /** Whether the state file is, byte for byte, what was written; one that cannot be read is not. */
  async isWhole(checkpoint: Checkpoint): Promise<boolean> {
    return (await hashFile(checkpoint.statePath).catch(() => '')) === checkpoint.header.sha256;
  }

  /**
   * Runs `load` in such a way that a death of the process is remembered. Whatever it resolves to is passed on. An orderly
   * end meanwhile, of a window that is closed, is no death: an abort runs no handlers.
   */
  async loading<T>(checkpoint: Checkpoint, load: () => Promise<T>): Promise<T> {
    const header = join(this.#folder, `${checkpoint.name}.json`);
    const giveBack = (): void => renameSync(`${header}.loading`, header);
    await rename(header, `${header}.loading`);
    process.once('exit', giveBack);
    try {
      return await load();
    } finally {
      process.off('exit', giveBack);
      await rename(`${header}.loading`, header);
    }
  }

  async discard(name: string): Promise<void> {
    for (const ending of ['.json', '.json.loading', '.kv'])
      await rm(join(this.#folder, name + ending), { force: true });
  }

  async #prune(): Promise<void> {
    const all = await this.list();
    const undo = all.filter((checkpoint) => checkpoint.header.beforeReset !== undefined);
    const ordinary = all.filter((checkpoint) => checkpoint.header.beforeReset === undefined);
    for (const old of [...ordinary.slice(KEPT), ...undo.slice(1)]) await this.discard(old.name);
  }

  /** None where the folder is not there yet, or cannot be read: then there is nothing to come back to. */
  async #files(): Promise<string[]> {
    return readdir(this.#folder).catch(() => []);
  }

  async #read(file: string): Promise<CheckpointHeader | undefined> {
    try {
      const header = JSON.parse(await readFile(join(this.#folder, file), 'utf8')) as Partial<CheckpointHeader>;
      return header.version === 1 && Array.isArray(header.spans) ? (header as CheckpointHeader) : undefined;
    } catch {
      // Half written or damaged: as good as none, the journal has everything.
      return undefined;
    }
  }
}

/** A file that is half written is worth nothing. */
async function orRemove<T>(paths: readonly string[], action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    for (const path of paths) await rm(path, { force: true });
    throw error;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  await using file = await open(path, 'w');
  await file.writeFile(text);
  await file.sync();
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}
