import type { Refusal } from './admission.js';

/** Why something did not enter the session: a file as a whole, or an edit by its text. */
export type LeftOutReason = Refusal | 'tooLarge' | 'secretText';

export interface LeftOutFile {
  readonly reason: LeftOutReason;
  readonly name: string;
  /** Edits of the file that were left out; 1 for a file that stays out as a whole. */
  readonly count: number;
}

/** Beyond that the oldest names are forgotten; the counts are not. */
const MOST_FILES = 500;

/** What was left out since the window was opened. In memory only. */
export class LeftOutList {
  readonly #files = new Map<string, LeftOutFile>();
  readonly #counts = new Map<LeftOutReason, number>();

  /** Files, and edits for the reason `secretText`. */
  get counts(): ReadonlyMap<LeftOutReason, number> {
    return this.#counts;
  }

  /** The latest first. */
  get files(): readonly LeftOutFile[] {
    return [...this.#files.values()].reverse();
  }

  /** @param name of the file. The same file is looked at again whenever the rules change, and counts once. */
  add(reason: LeftOutReason, name: string): void {
    const key = `${reason} ${name}`;
    const before = this.#files.get(key);
    if (before && reason !== 'secretText') return;
    this.#files.delete(key);
    this.#files.set(key, { reason, name, count: (before?.count ?? 0) + 1 });
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MOST_FILES && oldest !== undefined) this.#files.delete(oldest);
  }
}
