/** Seconds: on the clock, and of the processor, which what else the machine does changes little. */
export interface Spent {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Runs from the moment it is made. */
export class Stopwatch {
  readonly #start = performance.now();
  readonly #cpu = process.cpuUsage();

  get spent(): Spent {
    const { user, system } = process.cpuUsage(this.#cpu);
    return { seconds: (performance.now() - this.#start) / 1000, cpuSeconds: (user + system) / 1e6 };
  }
}
