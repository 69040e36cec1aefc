/** The engine's process, from outside. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

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

  /**
   * Makes the engine slow, as on a machine with too much to do, so that there is time to do something while it answers.
   *
   * @returns {() => Promise<void>} ends it
   */
  slowDown() {
    const { id } = this;
    let slow = true;
    const pulse = async () => {
      while (slow) {
        process.kill(id, 'SIGSTOP');
        await sleep(150);
        process.kill(id, 'SIGCONT');
        await sleep(10);
      }
    };
    // The engine may have been killed meanwhile.
    const pulsing = pulse().catch(() => undefined);
    return async () => {
      slow = false;
      await pulsing;
    };
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
