import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KvSequence } from '../../../inference/llama/kvSequence.js';
import type { Spent } from '../../harness/stopwatch.js';
import type { CacheShape } from '../../stream/scoredStream.js';
import type { Stretch } from './stream.js';

/** The same for two runs that one can go on from the other. */
export interface Setup {
  /** SHA-256 of its file. */
  readonly model: string;
  readonly shape: CacheShape;
  /** Tokens of a stretch. */
  readonly stretch: number;
}

/** What a stopped run leaves behind, beside the KV state. */
export interface Stopped {
  readonly stretches: readonly Stretch[];
  /** By all the runs so far. */
  readonly spent: Spent;
}

interface Note extends Stopped {
  readonly setup: Setup;
}

/** The state on the disk that a run of millions goes on from. */
export class StoppedRun {
  readonly #folder: string;
  readonly #setup: Setup;

  constructor(folder: string, setup: Setup) {
    this.#folder = folder;
    this.#setup = setup;
  }

  /** Loads the cache of the run that was stopped. Nothing where there was none, or another one. */
  async load(sequence: KvSequence): Promise<Stopped | undefined> {
    const text = await readFile(this.#note, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const note = JSON.parse(text) as Note;
    if (JSON.stringify(note.setup) !== JSON.stringify(this.#setup)) return undefined;
    await sequence.load(this.#state(note.stretches.length));
    return note;
  }

  /** A run that is stopped in the midst of this goes on from the save before. */
  async save(sequence: KvSequence, stopped: Stopped): Promise<void> {
    const old = await readFile(this.#note, 'utf8').catch(() => undefined);
    await sequence.save(this.#state(stopped.stretches.length));
    await writeFile(`${this.#note}.new`, JSON.stringify({ setup: this.#setup, ...stopped } satisfies Note));
    await rename(`${this.#note}.new`, this.#note);
    if (old === undefined) return;
    const before = (JSON.parse(old) as Note).stretches.length;
    if (before !== stopped.stretches.length) await rm(this.#state(before), { force: true });
  }

  async remove(stretches: number): Promise<void> {
    await rm(this.#note, { force: true });
    for (let at = 1; at <= stretches; at += 1) await rm(this.#state(at), { force: true });
  }

  get #note(): string {
    return join(this.#folder, 'millions.json');
  }

  #state(stretches: number): string {
    return join(this.#folder, `millions-${stretches}.kv`);
  }
}
