import { describe, expect, test } from 'vitest';
import { selectFiles } from '../../../training/corpus/selection.js';

const select = (sizes: Readonly<Record<string, number>>, name = 'some'): string[] =>
  selectFiles(
    name,
    Object.entries(sizes).map(([path, size]) => ({ path, size })),
  ).map(({ path }) => path);

describe('of a package are taken', () => {
  test('its TypeScript', () => {
    expect(select({ 'src/a.ts': 30_000, 'src/a.d.ts': 30_000, 'dist/a.js': 90_000, 'lib/a.js': 90_000 })).toEqual([
      'src/a.ts',
    ]);
  });

  test('not a little TypeScript beside the JavaScript that it is written in', () => {
    expect(select({ 'src/types.ts': 30_000, 'src/a.js': 900_000 }).sort()).toEqual(['src/a.js', 'src/types.ts']);
  });

  test('else the most readable of its builds', () => {
    expect(select({ 'cjs/a.js': 90_000, 'esm/a.js': 30_000, 'lib/a.js': 90_000, 'lib/a.d.ts': 9000 })).toEqual([
      'esm/a.js',
    ]);
  });

  test('all of a small one, and types where there is nothing else', () => {
    expect(select({ 'index.js': 3000, 'lib/more.mjs': 2000, 'package.json': 900 }).sort()).toEqual([
      'index.js',
      'lib/more.mjs',
    ]);
    expect(select({ 'index.d.ts': 3000 })).toEqual(['index.d.ts']);
  });

  test('no tests, examples, bundles, minified files or foreign code', () => {
    const skipped = [
      'test/a.js',
      'src/__tests__/a.ts',
      'examples/a.js',
      'src/vendor/a.js',
      'dist/compiled/a.js',
      'a.min.js',
      'a.spec.ts',
      'a.umd.js',
      'src/locale/de.js',
      'read.me',
    ];
    expect(select({ 'a.js': 1, ...Object.fromEntries(skipped.map((path) => [path, 1])) })).toEqual(['a.js']);
  });
});

test('the order depends on the names alone', () => {
  const paths = ['a.js', 'b.js', 'c.js', 'd.js', 'e.js'];
  const sizes = (order: readonly string[]): Record<string, number> =>
    Object.fromEntries(order.map((path) => [path, 9]));
  expect(select(sizes(paths.toReversed()))).toEqual(select(sizes(paths)));
  expect(select(sizes(paths))).not.toEqual(paths);
  expect(select(sizes(paths), 'other')).not.toEqual(select(sizes(paths)));
});
