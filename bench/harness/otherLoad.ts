import { cpus } from 'node:os';

/** Seconds of the processor so far. */
export interface ProcessorTimes {
  /** By all processes, all cores together. */
  readonly all: number;
  /** By this process, all its threads together. */
  readonly own: number;
  /** By the clock. */
  readonly clock: number;
}

export function processorTimes(): ProcessorTimes {
  const { user, system } = process.cpuUsage();
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { all: busy / 1e3, own: (user + system) / 1e6, clock: performance.now() / 1e3 };
}

/** Cores that other processes kept busy between the two, on average. */
export const otherLoad = (before: ProcessorTimes, after: ProcessorTimes): number =>
  Math.max(0, (after.all - before.all - (after.own - before.own)) / (after.clock - before.clock));
