import { expect, test } from 'vitest';
import { movedFiles } from '../../../../extension/edits/movedFiles.js';

test('a file under the same name in another folder was moved, one with the same ending beside it renamed', () => {
  expect(movedFiles(['/w/src/cart.ts', '/w/old.md'], ['/w/src/shop/cart.ts', '/w/new.md'])).toEqual([
    { from: '/w/src/cart.ts', to: '/w/src/shop/cart.ts' },
    { from: '/w/old.md', to: '/w/new.md' },
  ]);
  expect(movedFiles(['/w/lib'], ['/w/library'])).toEqual([{ from: '/w/lib', to: '/w/library' }]);
});

test('a file that resembles none of those that vanished is a new one', () => {
  expect(movedFiles(['/w/cart.ts'], ['/w/cart.md', '/w/src/basket.ts'])).toEqual([]);
});

test('where more than one would fit, none is taken for the other', () => {
  expect(movedFiles(['/w/a.ts', '/w/b.ts'], ['/w/c.ts'])).toEqual([]);
  expect(movedFiles(['/w/a.ts'], ['/w/b.ts', '/w/c.ts'])).toEqual([]);
});

test('very many at once are not compared', () => {
  const many = (folder: string): string[] => Array.from({ length: 200 }, (_, number) => `/w/${folder}/${number}.ts`);
  expect(movedFiles(many('a'), many('b'))).toEqual([]);
});
