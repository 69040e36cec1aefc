import { expect, test } from 'vitest';
import { withinAnHour } from '../../../bench/harness/hour.js';
import { BENCHMARKS } from '../../../bench/registry.js';

const of = (...minutes: readonly number[]): { minutes: number }[] => minutes.map((each) => ({ minutes: each }));

test('an hour takes them in their order, and leaves out what does not fit', () => {
  expect(withinAnHour(of(20, 30, 15, 10, 1))).toEqual({ fitting: of(20, 30, 10), left: of(15, 1), minutes: 60 });
  expect(withinAnHour(of(61))).toEqual({ fitting: [], left: of(61), minutes: 0 });
});

test('all of ours are measured in an hour', () => {
  expect(withinAnHour(BENCHMARKS).left.map(({ name }) => name)).toEqual([]);
});
