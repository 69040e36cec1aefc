import { expect, test } from 'vitest';
import { editLimits, outlineLimits } from '../../../../extension/edits/editLimits.js';

test('an edit takes at most its share of the window', () => {
  for (const capacity of [2_048, 8_192, 131_072]) {
    const { characters } = editLimits(0.05, capacity);
    // Code has some three characters a token, and rarely fewer.
    expect(characters / 3).toBeLessThanOrEqual(capacity * 0.05 + 1);
    expect(outlineLimits(0.05, capacity).characters).toBe(characters);
  }
});

test('in the smallest window an edit can still say something', () => {
  expect(editLimits(0.05, 256)).toEqual({ characters: 240, lines: 6, edits: 4 });
});

test('a window whose size is not known yet is taken for a small one', () => {
  expect(editLimits(0.05)).toEqual(editLimits(0.05, 4_096));
});
