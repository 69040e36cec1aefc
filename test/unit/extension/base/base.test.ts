import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Delayer, Sequencer, settledWithin, Throttle } from '../../../../extension/base/async.js';
import { DisposableStore, toDisposable } from '../../../../extension/base/lifecycle.js';

describe('DisposableStore', () => {
  test('disposes of its members once, the last first', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    for (const number of [1, 2, 3]) store.add(toDisposable(() => order.push(number)));
    store.dispose();
    store.dispose();
    expect(order).toEqual([3, 2, 1]);
  });

  test('disposes at once of what comes too late', () => {
    const store = new DisposableStore();
    store.dispose();
    const late = vi.fn();
    store.add(toDisposable(late));
    expect(late).toHaveBeenCalledOnce();
  });

  test('can be used after a clear', () => {
    const store = new DisposableStore();
    const [first, second] = [vi.fn(), vi.fn()];
    store.add(toDisposable(first));
    store.clear();
    store.add(toDisposable(second));
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  });
});

describe('Throttle', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('runs at once, then once in an interval, the last request included', () => {
    const task = vi.fn();
    const throttle = new Throttle(100, task);
    for (let time = 0; time < 1000; time += 10) {
      throttle.request();
      vi.advanceTimersByTime(10);
    }
    expect(task).toHaveBeenCalledTimes(11);
    vi.advanceTimersByTime(1000);
    expect(task).toHaveBeenCalledTimes(11);
  });

  test('takes a run in between for the one that was requested, and forgets requests', () => {
    const task = vi.fn();
    const throttle = new Throttle(100, task);
    throttle.request();
    throttle.request();
    throttle.run();
    throttle.request();
    throttle.cancel();
    vi.advanceTimersByTime(1000);
    expect(task).toHaveBeenCalledTimes(2);
  });
});

describe('Delayer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('runs once, after the last call', () => {
    const task = vi.fn();
    const delayer = new Delayer(task);
    delayer.schedule(100);
    vi.advanceTimersByTime(99);
    delayer.schedule(100);
    vi.advanceTimersByTime(99);
    expect([task.mock.calls.length, delayer.scheduled]).toEqual([0, true]);
    vi.advanceTimersByTime(1);
    expect([task.mock.calls.length, delayer.scheduled]).toEqual([1, false]);
  });

  test('does not run once it is disposed of', () => {
    const task = vi.fn();
    const delayer = new Delayer(task);
    delayer.schedule(100);
    delayer.dispose();
    vi.advanceTimersByTime(1_000);
    expect(task).not.toHaveBeenCalled();
  });
});

test('Sequencer runs tasks in order, and goes on after one that fails', async () => {
  const sequencer = new Sequencer();
  const order: string[] = [];
  const first = sequencer.run(async () => {
    await Promise.resolve();
    order.push('first');
    throw new Error('no');
  });
  const second = sequencer.run(() => Promise.resolve(order.push('second')));
  await expect(first).rejects.toThrow('no');
  expect(await second).toBe(2);
  expect(order).toEqual(['first', 'second']);
});

test('settledWithin tells whether a promise settled in time', async () => {
  expect(await settledWithin(Promise.reject(new Error('no')), 1_000)).toBe(true);
  expect(await settledWithin(new Promise(() => undefined), 1)).toBe(false);
});
