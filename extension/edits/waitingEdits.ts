import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { IncomingEvent } from '../../inference/protocol.js';
import type { Log } from '../base/log.js';

/** `waiting-edits.1234.1796040000000.json`: of the extension host with the process id 1234, and when it began. */
const NAME = /^waiting-edits\.(?<host>\d+)\.(?<begun>\d+)\.json$/;

/** What waits in the files of hosts that have ended. */
export interface LeftBehind {
  readonly events: readonly IncomingEvent[];
  /** To be called when the events are safe elsewhere. */
  readonly forget: () => void;
}

/**
 * What waits for an engine that is away, in a file: the engine can be away when the window closes, or the extension host
 * can die meanwhile. Each extension host has a file of its own, and takes over those of hosts that have ended.
 *
 * Written at once and not later, since nothing later is sure to come. Writing is rare: as a rule nothing waits.
 */
export class WaitingEdits {
  readonly #folder: string;
  readonly #own: string;
  readonly #log: Log;
  #written = false;

  /** @param folder that of the session; made when something is to be written. */
  constructor(folder: string, log: Log, now: number = Date.now()) {
    this.#folder = folder;
    this.#own = path.join(folder, `waiting-edits.${process.pid}.${now}.json`);
    this.#log = log;
  }

  /** What ended hosts have left waiting, the oldest first. */
  leftBehind(): LeftBehind {
    const files = this.#filesOfEnded();
    const events = files.flatMap((file) => this.#read(file));
    return { events, forget: () => files.forEach((file) => this.#try(() => rmSync(file, { force: true }))) };
  }

  /** Replaces what is in the file. Returns whether it is there now; if not, the log says why. */
  write(events: readonly IncomingEvent[]): boolean {
    if (events.length === 0 && !this.#written) return true;
    // What is there stays whole if the process ends in between.
    const written = `${this.#own}.new`;
    return this.#try(() => {
      if (events.length === 0) for (const file of [this.#own, written]) rmSync(file, { force: true });
      else {
        mkdirSync(this.#folder, { recursive: true });
        writeFileSync(written, JSON.stringify(events));
        renameSync(written, this.#own);
      }
      this.#written = events.length > 0;
    });
  }

  #filesOfEnded(): readonly string[] {
    let names: readonly string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      // The first start in this workspace: there is no folder yet.
      return [];
    }
    return names
      .flatMap((name) => {
        const { host, begun } = NAME.exec(name)?.groups ?? {};
        const file = path.join(this.#folder, name);
        return host === undefined || file === this.#own ? [] : { file, host: Number(host), begun: Number(begun) };
      })
      .filter(({ host }) => host === process.pid || !isAlive(host)) // An id comes again, in containers often.
      .sort((a, b) => a.begun - b.begun)
      .map(({ file }) => file);
  }

  #read(file: string): readonly IncomingEvent[] {
    try {
      const events: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (!Array.isArray(events) || !events.every(isEvent)) throw new Error('it is not a list of edits');
      return events;
    } catch (error) {
      const aside = `${file}.damaged`;
      this.#log.warn(`Edits that waited for the engine cannot be read, and are now in ${aside}: ${reasonOf(error)}`);
      this.#try(() => renameSync(file, aside));
      return [];
    }
  }

  #try(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      this.#log.warn(`Edits that wait for the engine are in memory alone: ${reasonOf(error)}`);
      return false;
    }
  }
}

function isEvent(value: unknown): value is IncomingEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, title, text, supersedes = [] } = value as Partial<Record<keyof IncomingEvent, unknown>>;
  const isKind = kind === 'edit' || kind === 'outline' || kind === 'memory';
  const areIds = Array.isArray(supersedes) && supersedes.every(Number.isInteger);
  return isKind && typeof title === 'string' && typeof text === 'string' && areIds;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
