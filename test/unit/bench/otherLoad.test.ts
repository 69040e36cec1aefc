import { expect, test } from 'vitest';
import { otherLoad, processorTimes } from '../../../bench/harness/otherLoad.js';

test('what others do is all that the processor did but for our own threads', () => {
  const before = { all: 100, own: 7, clock: 20 };
  expect(otherLoad(before, { all: 119, own: 17, clock: 30 })).toBeCloseTo(0.9);
  expect(otherLoad(before, { all: 130, own: 37, clock: 30 })).toBe(0);
});

test('the times of this process and of all only grow, and so does the clock', () => {
  const before = processorTimes();
  const end = performance.now() + 20;
  while (performance.now() < end);
  const after = processorTimes();
  expect(after.own).toBeGreaterThan(before.own);
  expect(after.all).toBeGreaterThanOrEqual(before.all);
  expect(after.clock - before.clock).toBeGreaterThanOrEqual(0.02);
});
