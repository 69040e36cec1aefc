import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Recent } from '../../../../extension/base/recent.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('remembers a name for a while, counted from when it last came', () => {
  const recent = new Recent(100);
  recent.add('a');
  vi.advanceTimersByTime(60);
  recent.add('b');
  recent.add('a');
  vi.advanceTimersByTime(60);
  expect([recent.has('a'), recent.has('b'), recent.has('c')]).toEqual([true, true, false]);
  vi.advanceTimersByTime(60);
  expect([recent.has('a'), recent.has('b')]).toEqual([false, false]);
});

test('forgets a name at once when told so', () => {
  const recent = new Recent(100);
  recent.add('a');
  recent.delete('a');
  expect(recent.has('a')).toBe(false);
});
