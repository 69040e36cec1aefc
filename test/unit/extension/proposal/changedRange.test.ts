import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedRange } from '../../../../extension/proposal/changedRange.js';

describe('changedRange', () => {
  test('names only what differs', () => {
    expect(changedRange('let a = 1;', 'let b = 1;')).toEqual({ start: 4, end: 5, text: 'b' });
    expect(changedRange('same', 'same')).toEqual({ start: 4, end: 4, text: '' });
  });

  test('makes the new text of the old one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const { start, end, text } = changedRange(before, after);
        expect(before.slice(0, start) + text + before.slice(end)).toBe(after);
      }),
    );
  });
});
