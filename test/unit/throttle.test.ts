import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from '../../inference/throttle.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('however often the window changes, it is published at most four times a second, and the last change is', () => {
  const published: number[] = [];
  let change = 0;
  using throttle = new Throttle(250, () => published.push(change));
  for (change = 1; change <= 1000; change += 1) {
    throttle.request();
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(1000);
  expect(published[0]).toBe(1);
  expect(published.length).toBeGreaterThanOrEqual(20);
  expect(published.length).toBeLessThanOrEqual(21);
  expect(published.at(-1)).toBeGreaterThanOrEqual(1000);
});

test('what was asked for is not done after the end', () => {
  let count = 0;
  const throttle = new Throttle(250, () => (count += 1));
  throttle.request();
  throttle.request();
  throttle[Symbol.dispose]();
  vi.advanceTimersByTime(1000);
  expect(count).toBe(1);
});
