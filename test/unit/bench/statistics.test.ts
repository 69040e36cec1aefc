import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  halfInterval,
  mean,
  medianInterval,
  perplexity,
  perplexityCurve,
  quantile,
  shareInterval,
  tokenTimes,
} from '../../../bench/statistics.js';

test('quantiles interpolate between ranks', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2], 0)).toBe(1);
  expect(quantile([1, 2], 1)).toBe(2);
  expect(quantile([], 0.5)).toBeNaN();
});

test('quantiles grow with the share and stay within the values', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, share) => {
      const value = quantile(numbers, share);
      expect(value).toBeGreaterThanOrEqual(Math.min(...numbers) - 1e-6);
      expect(value).toBeLessThanOrEqual(Math.max(...numbers) + 1e-6);
      expect(quantile(numbers, 1)).toBeGreaterThanOrEqual(value - 1e-6);
    }),
  );
});

test('the perplexity of a fair die is its number of faces', () => {
  expect(perplexity([Math.log(1 / 6), Math.log(1 / 6)])).toBeCloseTo(6);
});

test('a curve has a point for each bucket that holds a score', () => {
  const half = Math.log(0.5);
  const curve = perplexityCurve([undefined, half, undefined, undefined, half, half], 2);
  expect(curve.map(([at, value]) => [at, Number(value.toFixed(6))])).toEqual([
    [1, 2],
    [5, 2],
  ]);
});

test('the interval of equal values is nothing, and of too few unknown', () => {
  expect(halfInterval(new Array<number>(100).fill(3))).toBe(0);
  expect(halfInterval([1, 2, 3])).toBeNaN();
  expect(mean([])).toBeNaN();
});

test('times name the worst token', () => {
  expect(tokenTimes([1, 1, 1, 9])).toMatchObject({ mean: 3, median: 1, worst: 9 });
});

test('of the intervals of a median about 95 in 100 hold it', () => {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const samples = Array.from({ length: 2000 }, () => Array.from({ length: 20 }, uniform));
  const holding = samples.map(medianInterval).filter(([low, high]) => low <= 0.5 && high >= 0.5);
  expect(holding.length / samples.length).toBeGreaterThan(0.92);
  expect(holding.length / samples.length).toBeLessThan(0.98);
});

test('the interval of a median of few values is all of them', () => {
  expect(medianInterval([4, 1])).toEqual([1, 4]);
  expect(medianInterval([7])).toEqual([7, 7]);
});

test('the interval of a share stays between none and all, and is as in the tables', () => {
  const percent = (right: number, asked: number): string[] =>
    shareInterval(right, asked).map((bound) => (100 * bound).toFixed(1));
  expect(percent(0, 10)).toEqual(['0.0', '27.8']);
  expect(percent(5, 10)).toEqual(['23.7', '76.3']);
  expect(percent(10, 10)).toEqual(['72.2', '100.0']);
  expect(percent(900, 1000)).toEqual(['88.0', '91.7']);
});
