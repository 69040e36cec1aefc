import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../inference/window/invariants.js';
import { joinRanges } from '../../../inference/window/span.js';
import { Window } from '../../../inference/window/window.js';

function filled(): Window {
  const window = new Window({ capacity: 20, reserve: 4 });
  window.open({ kind: 'sink', title: '', at: 0, pinned: true });
  window.grow([1, 2]);
  window.open({ kind: 'edit', title: 'a', at: 0, eventId: 7 });
  window.grow([3, 4, 5]);
  window.open({ kind: 'edit', title: 'b', at: 0, eventId: 8 });
  window.grow([6, 7]);
  return window;
}

describe('Window', () => {
  test('positions are contiguous from 0, and later spans move down after an eviction', () => {
    const window = filled();
    expect(window.views().map(({ start, length }) => [start, length])).toEqual([
      [0, 2],
      [2, 3],
      [5, 2],
    ]);
    window.evict([{ start: 2, end: 5 }]);
    expect(window.views().map(({ start, length, eventId }) => [start, length, eventId])).toEqual([
      [0, 2, undefined],
      [2, 2, 8],
    ]);
    expect(window.horizon()).toBe(8);
    checkInvariants(window, [1, 2, 6, 7]);
  });

  test('what is unpinned may leave, and is the horizon when nothing older is left', () => {
    const window = filled();
    window.open({ kind: 'memory', title: 'c', at: 0, eventId: 3, pinned: true });
    window.grow([8]);
    expect(window.horizon()).toBe(7);
    expect(() => window.evict([{ start: 7, end: 8 }])).toThrow(/pinned/);
    window.unpin(3);
    expect(window.horizon()).toBe(3);
    expect(window.pinned).toBe(2);
    window.evict([{ start: 7, end: 8 }]);
    checkInvariants(window, [1, 2, 3, 4, 5, 6, 7]);
  });

  test('spans that were put back share no group with later ones, but a question keeps its answer', () => {
    const before = filled();
    for (const kind of ['message', 'reply'] as const) {
      before.open({ kind, title: 'c', at: 0, eventId: kind === 'message' ? 9 : 10, group: 9 });
      before.grow([8]);
    }
    // As after evictions: the ids of what is left are far from those that a new window gives.
    before.evict([{ start: 2, end: 5 }]);
    const window = new Window({ capacity: 20, reserve: 4 });
    window.restore(before.spans);
    const restored = window.spans.map(({ group }) => group);
    expect(restored.slice(-2)).toEqual([9, 9]);
    for (let count = 0; count < 4; count += 1) {
      const { group } = window.open({ kind: 'edit', title: 'new', at: 0 });
      window.grow([20 + count]);
      expect(restored).not.toContain(group);
    }
  });

  test('refuses to evict what is pinned', () => {
    expect(() => filled().evict([{ start: 1, end: 3 }])).toThrow(/pinned/);
  });

  test('the stream cannot grow over a branch', () => {
    const window = filled();
    window.setBranch([9, 9]);
    expect(() => window.grow([1])).toThrow(/branch/);
    expect(() => window.evict([{ start: 2, end: 5 }])).toThrow(/branch/);
    window.setBranch([]);
    window.grow([10]);
    checkInvariants(window, [1, 2, 3, 4, 5, 6, 7, 10]);
  });

  test('holds no more than its capacity', () => {
    expect(() => filled().grow(Array.from({ length: 14 }, () => 0))).toThrow(/more than the window's 20/);
    expect(() => filled().setBranch(Array.from({ length: 14 }, () => 0))).toThrow(/does not fit/);
  });
});

describe('checkInvariants', () => {
  test('notices when the sequence holds something else', () => {
    expect(() => checkInvariants(filled(), [1, 2, 3, 4, 5, 6, 8])).toThrow(/differ at 6/);
    expect(() => checkInvariants(filled(), [1, 2, 3, 4, 5, 6, 7, 8])).toThrow(/holds 8 tokens, the window 7/);
  });

  test('notices sinks that are not first', () => {
    const window = new Window({ capacity: 20, reserve: 0 });
    window.open({ kind: 'edit', title: '', at: 0 });
    window.grow([1]);
    window.open({ kind: 'sink', title: '', at: 0, pinned: true });
    window.grow([2]);
    expect(() => checkInvariants(window)).toThrow(/not first/);
  });
});

test('joinRanges sorts, joins neighbours and drops empty ones', () => {
  expect(
    joinRanges([
      { start: 9, end: 9 },
      { start: 5, end: 7 },
      { start: 1, end: 3 },
      { start: 3, end: 5 },
      { start: 10, end: 12 },
    ]),
  ).toEqual([
    { start: 1, end: 7 },
    { start: 10, end: 12 },
  ]);
});
