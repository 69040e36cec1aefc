import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Snooze } from '../../../../extension/completion/snooze.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(): { readonly snooze: Snooze; readonly seen: boolean[] } {
  const snooze = new Snooze();
  const seen: boolean[] = [];
  snooze.onDidChange(() => seen.push(snooze.active));
  return { snooze, seen };
}

test('ends by itself after its minutes', () => {
  const { snooze, seen } = watched();
  snooze.start(5);
  expect(snooze.until).toBe(301_000);
  vi.advanceTimersByTime(299_999);
  expect(snooze.active).toBe(true);
  vi.advanceTimersByTime(1);
  expect(snooze.active).toBe(false);
  expect(seen).toEqual([true, false]);
});

test('ends when it is stopped, and not once more later', () => {
  const { snooze, seen } = watched();
  snooze.start(5);
  snooze.stop();
  snooze.start(10);
  vi.advanceTimersByTime(5 * 60_000);
  expect(snooze.active).toBe(true);
  expect(seen).toEqual([true, false, true]);
});

test('a window that closes takes it along', () => {
  const { snooze } = watched();
  snooze.start(1);
  snooze.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
