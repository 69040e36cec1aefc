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
});
