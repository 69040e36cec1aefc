import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DocumentShadow } from '../../../../extension/edits/documentShadow.js';
import { applyBlocks, diffBlocks } from '../../../../extension/edits/lineDiff.js';
import type { LineChange } from '../../../../extension/edits/touchedRegions.js';

/** A document that a person types in; positions are lines. */
class Typist {
  lines: string[];
  readonly shadow: DocumentShadow;

  constructor(count: number) {
    this.lines = Array.from({ length: count }, (_, line) => `line ${line}`);
    this.shadow = new DocumentShadow(this.text);
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** Replaces lines, as one event of the editor. Returns whether it was a jump. */
  change(start: number, remove: number, ...put: string[]): boolean {
    this.lines.splice(start, remove, ...put);
    return this.shadow.record([lineChange(start, remove, put)]);
  }

  settled(which: 'settleAll' | 'settleEarlier'): string[] {
    return this.shadow[which](this.text).blocks.map(
      ({ newStart, removed, added }) => `${newStart}: -${removed.join('|')} +${added.join('|')}`,
    );
  }
}

function lineChange(start: number, remove: number, put: readonly string[]): LineChange {
  return { start, removed: Math.max(0, remove - 1), inserted: Math.max(0, put.length - 1) };
}

describe('DocumentShadow', () => {
  test('changes in one place are one edit', () => {
    const typist = new Typist(20);
    expect([typist.change(5, 1, 'l'), typist.change(5, 1, 'le'), typist.change(6, 1, 'x', 'y')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(typist.shadow.pending).toBe(true);
    expect(typist.settled('settleAll')).toEqual(['5: -line 5|line 6 +le|x|y']);
    expect(typist.shadow.pending).toBe(false);
  });

  test('undo back to the start is none', () => {
    const typist = new Typist(20);
    typist.change(5, 1, 'x');
    typist.change(5, 1, 'line 5');
    expect(typist.settled('settleAll')).toEqual([]);
  });

  test('a jump settles the earlier place and keeps the new one pending', () => {
    const typist = new Typist(60);
    typist.change(5, 1, 'first');
    expect(typist.change(40, 1, 's')).toBe(true);
    expect(typist.settled('settleEarlier')).toEqual(['5: -line 5 +first']);
    expect(typist.shadow.pending).toBe(true);
    typist.change(40, 1, 'second');
    expect(typist.settled('settleAll')).toEqual(['40: -line 40 +second']);
  });

  test('a jump above moves the place below', () => {
    const typist = new Typist(60);
    typist.change(40, 1, 'below');
    expect(typist.change(2, 1, 'a', 'b', 'c')).toBe(true);
    expect(typist.settled('settleEarlier')).toEqual(['42: -line 40 +below']);
    expect(typist.settled('settleAll')).toEqual(['2: -line 2 +a|b|c']);
  });

  test('cursors in many places are one event and no jump', () => {
    const typist = new Typist(100);
    const type = (letter: string): boolean => {
      for (const line of [10, 50, 90]) typist.lines[line] = letter;
      return typist.shadow.record([90, 50, 10].map((line) => lineChange(line, 1, [letter])));
    };
    expect([type('a'), type('ab')]).toEqual([false, false]);
    expect(typist.settled('settleAll')).toHaveLength(3);
  });

  test('a formatter all over the file is kept as one place', () => {
    const typist = new Typist(2_000);
    const lines = Array.from({ length: 200 }, (_, n) => n * 10);
    for (const line of lines) typist.lines[line] = 'formatted';
    expect(typist.shadow.record(lines.map((line) => lineChange(line, 1, ['formatted'])))).toBe(false);
    expect(typist.settled('settleAll')).toHaveLength(200);
  });

  test('noting a change costs the same in a small and in a large document', () => {
    const typist = new Typist(100_000);
    const begin = performance.now();
    for (let event = 0; event < 1_000; event++) typist.shadow.record([lineChange(50_000 + (event % 3), 1, ['x'])]);
    expect((performance.now() - begin) / 1_000).toBeLessThan(0.1);
  });

  test('whatever is typed, the settled edits lead from the first text to the last', () => {
    const step = fc.record({
      start: fc.nat(40),
      remove: fc.nat(3),
      put: fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 3 }),
      settle: fc.constantFrom('settleAll' as const, 'settleEarlier' as const, undefined, undefined),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const typist = new Typist(30);
        let told = typist.lines.slice();
        for (const { start, remove, put, settle } of steps) {
          const at = Math.min(start, typist.lines.length);
          typist.change(at, Math.min(remove, typist.lines.length - at), ...put);
          if (settle) told = applyBlocks(told, typist.shadow[settle](typist.text).blocks);
        }
        told = applyBlocks(told, typist.shadow.settleAll(typist.text).blocks);
        // No lines and one empty line are the same text.
        expect(told.join('\n')).toBe(typist.text);
      }),
    );
  });
});

describe('diffBlocks', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });

  test('applied to the old text, the blocks give the new one', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(applyBlocks(before, diffBlocks(before, after))).toEqual(after);
      }),
    );
  });

  test('the blocks tell where they stand in both texts', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        for (const { oldStart, removed, newStart, added } of diffBlocks(before, after)) {
          expect(before.slice(oldStart, oldStart + removed.length)).toEqual(removed);
          expect(after.slice(newStart, newStart + added.length)).toEqual(added);
          expect(removed.length + added.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
