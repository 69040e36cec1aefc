import { expect, test } from 'vitest';
import { renderFileChanges } from '../../../../extension/edits/fileChange.js';

test('says what happened to each of a few files', () => {
  expect(
    renderFileChanges([
      { what: 'saved', path: 'a.ts' },
      { what: 'deleted', path: 'b.ts' },
      { what: 'renamed', path: 'src/c.ts', from: 'c.ts' },
    ]).map(({ text }) => text),
  ).toEqual(['a.ts\nsaved', 'b.ts\ndeleted', 'src/c.ts\nrenamed from c.ts']);
});

test('does not tell a name that is not to be known', () => {
  expect(renderFileChanges([{ what: 'renamed', path: 'env.txt' }])).toEqual([
    { kind: 'edit', title: 'env.txt', text: 'env.txt\nrenamed' },
  ]);
});

test('counts many files', () => {
  const many = Array.from({ length: 12 }, (_, number) => ({ what: 'deleted' as const, path: `${number}.ts` }));
  expect(renderFileChanges(many).map(({ text }) => text)).toEqual(['0.ts\ndeleted, and 11 more files']);
  expect(renderFileChanges([])).toEqual([]);
});
