import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LoopGuard } from '../../../inference/session/loopGuard.js';

const loopsAt = (tokens: readonly number[]): number => {
  const guard = new LoopGuard();
  return tokens.findIndex((token) => guard.push(token));
};

describe('LoopGuard', () => {
  test('notices any short run that repeats without end, soon', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 24 }),
        (before, run) => {
          const tokens = [
            ...before,
            ...Array.from({ length: 20 }, () => run).flat(),
            ...Array.from({ length: 100 }, (_, index) => run[index % run.length] ?? 0),
          ];
          const at = loopsAt(tokens);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThan(before.length + run.length + 72);
        },
      ),
    );
  });

  test('lets pass what repeats on purpose: a ruler, a row of zeros, similar lines', () => {
    expect(loopsAt(Array.from({ length: 60 }, () => 1))).toBe(-1);
    expect(loopsAt(Array.from({ length: 500 }, (_, index) => (index % 5 === 4 ? index : index % 5)))).toBe(-1);
  });

  test('notices a whole paragraph that comes over and over, not code that has been written twice', () => {
    const paragraph = Array.from({ length: 100 }, (_, index) => index);
    const times = (count: number): number[] => Array.from({ length: count }, () => paragraph).flat();
    expect(loopsAt([...times(3), 0])).toBe(-1);
    expect(loopsAt(times(5))).toBe(399);
  });

  test('tells the next token of a loop that has begun, and nothing before', () => {
    const guard = new LoopGuard();
    const push = (tokens: readonly number[]): void => tokens.forEach((token) => void guard.push(token));
    push([7, 8, 9]);
    expect(guard.next).toEqual([]);
    const line = [1, 2, 3, 4, 5, 6];
    push([...line, ...line, ...line, ...line]);
    expect(guard.next).toEqual([]);
    // 24 tokens have come again.
    push(line);
    expect(guard.next).toEqual([1]);
    push([1, 2]);
    expect(guard.next).toEqual([3, 3, 3]);
    push([9]);
    expect(guard.next).toEqual([]);
  });

  test('counts how long the loop has gone on, not how many lengths of a run say so', () => {
    const guard = new LoopGuard();
    for (let index = 0; index < 25; index += 1) guard.push(5);
    expect(guard.next).toEqual([5]);
    for (let index = 0; index < 10; index += 1) guard.push(5);
    expect(guard.next).toEqual(new Array(11).fill(5));
  });
});
