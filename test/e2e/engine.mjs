/** The engine's process, from outside. */
import { execFileSync } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: the engine runs for about a token, and is held for as long as the panel needs to show it. */
const RUNNING = 0.5;
const HELD = 150;

export class Engine {
  #server;

  constructor(server) {
    this.#server = server;
  }

  /** @returns {number} the process id */
  get id() {
    return this.#idOf(/dist\/engine\.mjs/);
  }

  /** The extension host, whose end would be the end of every extension. */
  get hostId() {
    return this.#idOf(/--type=extensionHost/);
  }

  kill() {
    process.kill(this.id, 'SIGKILL');
  }

  /** Resolves when the window is saved as it is, which happens by itself after a few idle seconds. */
  async saved() {
    while ((await this.#files(path.join('checkpoints', '*.json'))).length === 0) await sleep(HELD);
  }

  /** Resolves when an edit that waits for the engine, with this in it, is on the disk. @param {string} text */
  async waitedFor(text) {
    for (;;) {
      // One that is replaced at this moment is there the next time.
      const read = (file) => readFile(file, 'utf8').catch(() => '');
      const waiting = await Promise.all((await this.#files('waiting-edits.*.json')).map(read));
      if (waiting.some((events) => events.includes(text))) return;
      await sleep(HELD);
    }
  }

  /** Resolves when no such process is there any more. The system tells only its parent, so we ask. @param {number} id */
  async gone(id) {
    for (;;) {
      try {
        process.kill(id, 0);
      } catch {
        return;
      }
      await sleep(HELD);
    }
  }

  /**
   * Holds the engine as soon as `reached`, by letting it run a little at a time: a small model writes a whole answer in
   * less time than it takes to see that it has begun.
   *
   * @param {() => Promise<boolean>} reached
   * @returns {Promise<() => void>} lets it run on
   */
  async holdWhen(reached) {
    const { id } = this;
    while (!(await reached())) {
      process.kill(id, 'SIGCONT');
      // Not a timer, which may take many times longer on a busy machine.
      for (const start = performance.now(); performance.now() - start < RUNNING;);
      process.kill(id, 'SIGSTOP');
      await sleep(HELD);
    }
    return () => process.kill(id, 'SIGCONT');
  }

  /** Files of sessions. */
  #files(pattern) {
    return Array.fromAsync(glob(path.join(this.#server.profile, 'data', '**', pattern)));
  }

  #idOf(pattern) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
    const found = lines
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((match) => match && Number(match[2]) === this.#server.child.pid && pattern.test(match[3]));
    if (found.length !== 1) throw new Error(`${found.length} processes match ${pattern}`);
    return Number(found[0][1]);
  }
}
