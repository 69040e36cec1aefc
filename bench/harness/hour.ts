import type { Benchmark } from './benchmark.js';

const HOUR = 60;

export interface Plan<T> {
  readonly fitting: readonly T[];
  readonly left: readonly T[];
  /** Of those that fit. */
  readonly minutes: number;
}

/** As many as can be measured in an hour, so the shortest of them, one after the other in their order. */
export function withinAnHour<T extends Pick<Benchmark, 'minutes'>>(benchmarks: readonly T[]): Plan<T> {
  let minutes = 0;
  const chosen = new Set<T>();
  for (const benchmark of [...benchmarks].sort((a, b) => a.minutes - b.minutes)) {
    if (minutes + benchmark.minutes > HOUR) break;
    chosen.add(benchmark);
    minutes += benchmark.minutes;
  }
  return {
    fitting: benchmarks.filter((benchmark) => chosen.has(benchmark)),
    left: benchmarks.filter((benchmark) => !chosen.has(benchmark)),
    minutes,
  };
}
