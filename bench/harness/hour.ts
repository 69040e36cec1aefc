import type { Benchmark } from './benchmark.js';

const HOUR = 60;

export interface Plan<T> {
  readonly fitting: readonly T[];
  readonly left: readonly T[];
  /** Of those that fit. */
  readonly minutes: number;
}

/** Those that can be measured in an hour, one after the other, taken in their order; one that does not fit is left out. */
export function withinAnHour<T extends Pick<Benchmark, 'minutes'>>(benchmarks: readonly T[]): Plan<T> {
  let minutes = 0;
  const fitting: T[] = [];
  const left: T[] = [];
  for (const benchmark of benchmarks) {
    const fits = minutes + benchmark.minutes <= HOUR;
    (fits ? fitting : left).push(benchmark);
    if (fits) minutes += benchmark.minutes;
  }
  return { fitting, left, minutes };
}
