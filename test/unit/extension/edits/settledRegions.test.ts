import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyBlocks, diffBlocks } from '../../../../extension/edits/lineDiff.js';
import { SettledRegions } from '../../../../extension/edits/settledRegions.js';

/** Settles one text after the other; tells for each which earlier ones (by number) it supersedes. */
function settle(...texts: readonly string[]): (readonly number[])[] {
  const regions = new SettledRegions<number>();
  return texts.slice(1).map((text, number) => {
    const blocks = diffBlocks((texts[number] ?? '').split(' '), text.split(' '));
    return regions.settle(blocks, [{ edit: number, blocks }])[0] ?? [];
  });
}

describe('a later edit of the same region', () => {
  test('supersedes the earlier one', () => {
    expect(settle('a b c', 'a x c', 'a y c')).toEqual([[], [0]]);
  });

  test('supersedes it wherever it has moved to', () => {
    expect(settle('a b c', 'a x c', 'new lines a x c', 'new lines a y c')).toEqual([[], [], [0]]);
    expect(settle('1 2 3 a b c', '1 2 3 a x c', 'a x c', 'a y c')).toEqual([[], [], [0]]);
  });

  test('supersedes all the earlier ones that it covers', () => {
    expect(settle('a b c', 'x b c', 'x y c', 'p q c')).toEqual([[], [], [0, 1]]);
  });

  test('leaves alone what it changes only in part', () => {
    expect(settle('a c', 'a x y z c', 'a x Y z c')).toEqual([[], []]);
  });

  test('leaves alone what lies elsewhere', () => {
    expect(settle('a b c', 'x b c', 'x b y')).toEqual([[], []]);
    expect(settle('a b c', 'x b c', 'x y c')).toEqual([[], []]);
  });

  test('supersedes a removal only when it is taken back or all around it changes', () => {
    expect(settle('a b c', 'a c', 'a b c')).toEqual([[], [0]]);
    expect(settle('a b c', 'a c', 'x y')).toEqual([[], [0]]);
    expect(settle('a b c', 'a c', 'a x')).toEqual([[], []]);
  });

  test('of which the stream was told nothing only moves the others', () => {
    const regions = new SettledRegions<string>();
    const first = diffBlocks(['a', 'b'], ['a', 'x']);
    regions.settle(first, [{ edit: 'first', blocks: first }]);
    expect(regions.settle(diffBlocks(['a', 'x'], ['', 'a', 'x']), [])).toEqual([]);
    const last = diffBlocks(['', 'a', 'x'], ['', 'a', 'y']);
    expect(regions.settle(last, [{ edit: 'last', blocks: last }])).toEqual([['first']]);
  });
});

test('every line that an edit left behind was changed once it is superseded', () => {
  const texts = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 }), { minLength: 2 });
  fc.assert(
    fc.property(texts, (versions) => {
      const regions = new SettledRegions<number>();
      // Each line carries the number of the edit that wrote it.
      let authors: (number | undefined)[] = (versions[0] ?? []).map(() => undefined);
      for (const [number, after] of versions.slice(1).entries()) {
        const blocks = diffBlocks(versions[number] ?? [], after);
        const [superseded = []] = regions.settle(blocks, [{ edit: number, blocks }]);
        const written = blocks.map((block) => ({ ...block, added: block.added.map(() => String(number)) }));
        authors = applyBlocks(authors.map(String), written).map((author) =>
          author === 'undefined' ? undefined : Number(author),
        );
        for (const old of superseded) expect(authors).not.toContain(old);
      }
    }),
  );
});
