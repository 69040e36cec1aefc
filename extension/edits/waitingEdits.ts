import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { IncomingEvent } from '../../inference/protocol.js';
import type { Log } from '../base/log.js';
import { messageOf } from '../base/messageOf.js';

/** `waiting-edits.1234.1796040000000.json`: of the extension host with the process id 1234, and when it began. */
const NAME = /^waiting-edits\.(?<host>\d+)\.(?<begun>\d+)\.json(?<half>\.new)?$/;

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
  /** Why the last writing failed: a reason that lasts is told once. */
  #told: string | undefined;

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
    return { events, forget: () => files.forEach((file) => this.#forget(file)) };
  }

  /** Replaces what is in the file. Returns whether it is there now; if not, the log says why. */
  write(events: readonly IncomingEvent[]): boolean {
    if (events.length === 0 && !this.#written) return true;
    // What is there stays whole if the process ends in between.
    const written = `${this.#own}.new`;
    try {
      if (events.length === 0) rmSync(this.#own, { force: true });
      else {
        mkdirSync(this.#folder, { recursive: true });
        writeFileSync(written, JSON.stringify(events));
        renameSync(written, this.#own);
      }
      this.#written = events.length > 0;
      this.#told = undefined;
      return true;
    } catch (error) {
      const reason = messageOf(error);
      if (reason !== this.#told) this.#log.warn(`Edits that wait for the engine are in memory alone: ${reason}`);
      this.#told = reason;
      // On a full disk half a file would take the last room.
      removeIfThere(written);
      return false;
    }
  }

  #filesOfEnded(): readonly string[] {
    let names: readonly string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      // The first start in this workspace: there is no folder yet.
      return [];
    }
    const ended = names
      .flatMap((name) => {
        const { host, begun, half } = NAME.exec(name)?.groups ?? {};
        const file = path.join(this.#folder, name);
        const isOthers = host !== undefined && !file.startsWith(this.#own);
        return isOthers ? { file, host: Number(host), begun: Number(begun), half: half !== undefined } : [];
      })
      .filter(({ host }) => host === process.pid || !isAlive(host)) // An id comes again, in containers often.
      .sort((a, b) => a.begun - b.begun);
    for (const { file } of ended.filter(({ half }) => half)) removeIfThere(file);
    return ended.filter(({ half }) => !half).map(({ file }) => file);
  }

  #read(file: string): readonly IncomingEvent[] {
    try {
      const events: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (!Array.isArray(events) || !events.every(isEvent)) throw new Error('it is not a list of edits');
      return events;
    } catch (error) {
      const aside = `${file}.damaged`;
      try {
        renameSync(file, aside);
        this.#log.warn(`Edits that waited for the engine cannot be read, and are now in ${aside}: ${messageOf(error)}`);
      } catch {
        this.#log.warn(`Edits that waited for the engine, in ${file}, cannot be read: ${messageOf(error)}`);
      }
      return [];
    }
  }

  #forget(file: string): void {
    try {
      rmSync(file, { force: true });
    } catch (error) {
      this.#log.warn(`${file} cannot be removed; what it holds will be told once more: ${messageOf(error)}`);
    }
  }
}

/** What was never a whole file: whether it can be removed changes nothing. */
function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is none, or may not be written to.
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
