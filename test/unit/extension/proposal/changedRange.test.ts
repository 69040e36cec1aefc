import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedRange, type Replacement } from '../../../../extension/proposal/changedRange.js';

const isInsidePair = (text: string, offset: number): boolean =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));

/** Whether the replacement cuts a character of either text in two. */
function cutsPair(before: string, after: string, { start, end, text }: Replacement): boolean {
  return (
    [start, end].some((offset) => isInsidePair(before, offset)) ||
    [start, start + text.length].some((offset) => isInsidePair(after, offset))
  );
}

/** Characters that share halves with one another, and halves alone, as a file may hold them. */
const sharing = fc.string({ unit: fc.constantFrom('a', '\u{1F600}', '\u{1F601}', '\u{1FA00}', '\uD83D', '\uDE00') });

describe('changedRange', () => {
  test('names only what differs', () => {
    expect(changedRange('let a = 1;', 'let b = 1;')).toEqual({ start: 4, end: 5, text: 'b' });
    expect(changedRange('same', 'same')).toEqual({ start: 4, end: 4, text: '' });
  });

  test('an emoji gives way to another as a whole', () => {
    // The first half is the same, then the second one.
    expect(changedRange('a\u{1F600}b', 'a\u{1F601}b')).toEqual({ start: 1, end: 3, text: '\u{1F601}' });
    expect(changedRange('a\u{1F600}b', 'a\u{1FA00}b')).toEqual({ start: 1, end: 3, text: '\u{1FA00}' });
    expect(changedRange('\u{1F600}', '\u{1F600}\u{1F601}')).toEqual({ start: 2, end: 2, text: '\u{1F601}' });
  });

  test.each<[string, fc.Arbitrary<string>]>([
    ['graphemes', fc.string({ unit: 'grapheme' })],
    ['any characters', fc.string({ unit: 'binary' })],
    ['characters that share halves', sharing],
  ])('makes the new text of the old one and cuts no character in two: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, texts, texts, texts, (head, old, fresh, tail) => {
        const [before, after] = [head + old + tail, head + fresh + tail];
        const range = changedRange(before, after);
        expect(before.slice(0, range.start) + range.text + before.slice(range.end)).toBe(after);
        expect(cutsPair(before, after, range)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
