import { describe, expect, test } from 'vitest';
import { isBurst, renderBurst, type SettledFile } from '../../../../extension/edits/editBurst.js';

const LIMITS = { lines: 10, characters: 240, edits: 4 };

function file(path: string, removed: readonly string[], added: readonly string[]): SettledFile {
  const blocks = [{ oldStart: 0, newStart: 0, removed, added }];
  return { path, edits: [{ title: path, text: '', lines: [], blocks }] };
}

const files = (count: number): SettledFile[] =>
  Array.from({ length: count }, (_, number) => file(`src/${number}.ts`, ['  old();'], ['  new();', '']));

describe('files that settle together', () => {
  test('are a burst when they are many, and nothing but blank lines is no file', () => {
    expect(isBurst(files(3))).toBe(false);
    expect(isBurst(files(4))).toBe(true);
    expect(isBurst([...files(3), { path: 'blank.ts', edits: [] }])).toBe(false);
    expect(isBurst([...files(3), ...files(3)])).toBe(false);
  });

  test('are told under the first of them', () => {
    expect(renderBurst([{ path: 'blank.ts', edits: [] }, ...files(6)], LIMITS)).toEqual({
      title: 'src/0.ts',
      text: 'src/0.ts\n+12 −6 lines in 6 files: new(); …',
    });
  });

  test('are told in one short line', () => {
    const { text } = renderBurst([...files(3), file('src/0.ts', [], ['x'.repeat(500)])], LIMITS);
    expect(text).toBe('src/0.ts\n+7 −3 lines in 3 files: new(); …');
    const long = renderBurst([file('a.ts', [], ['x'.repeat(500)])], LIMITS).text;
    expect(long.length).toBeLessThan(130);
  });
});
