import { expect, test } from 'vitest';
import { withinAnHour } from '../../../bench/harness/hour.js';
import { BENCHMARKS } from '../../../bench/registry.js';

const of = (...minutes: readonly number[]): { minutes: number }[] => minutes.map((each) => ({ minutes: each }));

test('an hour takes as many as it can, in their order', () => {
  expect(withinAnHour(of(20, 30, 15, 10, 1))).toEqual({ fitting: of(20, 15, 10, 1), left: of(30), minutes: 46 });
  expect(withinAnHour(of(61))).toEqual({ fitting: [], left: of(61), minutes: 0 });
  expect(withinAnHour(of(30, 30))).toEqual({ fitting: of(30, 30), left: [], minutes: 60 });
});

test('of ours only the five longest have to be asked for by name', () => {
  const { left } = withinAnHour(BENCHMARKS);
  expect(left.map(({ name }) => name)).toEqual(['perplexity', 'millions', 'answers', 'completion', 'reference']);
});
