import { describe, expect, test } from 'vitest';
import { IgnoreFiles } from '../../../../extension/edits/ignoreFiles.js';

function ignoreFiles(files: Readonly<Record<string, string>>, exclude: readonly string[] = []) {
  const reads: string[] = [];
  const rules = new IgnoreFiles(
    (path) => {
      reads.push(path);
      return Promise.resolve(files[path]);
    },
    () => exclude,
  );
  return { rules, reads };
}

const FILES = {
  '.gitignore': 'dist/\n*.log\n!keep.log\n/build\nnode_modules\n# comment\n\nsecret dir/\n',
  '.git/info/exclude': 'mine.txt\n',
  '.endlessignore': 'private/**\n*.min.js\n',
  'packages/a/.gitignore': '*.snap\n!important.log\n/local\n',
  'packages/a/deep/.endlessignore': '!x.snap\n*.gen.ts\n',
};

describe('IgnoreFiles', () => {
  test.each([
    ['src/index.ts', false],
    ['dist/x.js', true],
    ['packages/a/dist/x.js', true],
    ['dist', false],
    ['a.log', true],
    ['deep/a.log', true],
    ['keep.log', false],
    ['build/x', true],
    ['packages/build/x', false],
    ['node_modules/x/index.js', true],
    ['secret dir/x', true],
    ['mine.txt', true],
    ['private/a/b.ts', true],
    ['lib/x.min.js', true],
    ['packages/a/x.snap', true],
    ['packages/b/x.snap', false],
    ['packages/a/important.log', false],
    ['packages/b/important.log', true],
    ['packages/a/local/x', true],
    ['packages/a/src/local/x', false],
    ['packages/a/deep/x.snap', false],
    ['packages/a/deep/y.snap', true],
    ['packages/a/deep/x.gen.ts', true],
    ['packages/a/x.gen.ts', false],
    ['dist/keep.log', true],
    ['a/b/c/d/e/f.ts', false],
    ['weird [name].ts', false],
    ['line\nend.log', true],
  ])('%j: %s', async (path, ignored) => {
    expect(await ignoreFiles(FILES).rules.ignores(path)).toBe(ignored);
  });

  test('patterns of the settings count as well', async () => {
    const { rules } = ignoreFiles(FILES, ['*.sql', '/vendor/']);
    expect(await rules.ignores('db/x.sql')).toBe(true);
    expect(await rules.ignores('vendor/x.ts')).toBe(true);
    expect(await rules.ignores('src/vendor/x.ts')).toBe(false);
  });

  test('reads each file once, and again after a refresh', async () => {
    const { rules, reads } = ignoreFiles(FILES);
    await rules.ignores('src/a.ts');
    await rules.ignores('src/b.ts');
    expect(reads.sort()).toEqual([
      '.endlessignore',
      '.git/info/exclude',
      '.gitignore',
      'src/.endlessignore',
      'src/.gitignore',
    ]);
    rules.refresh();
    await rules.ignores('a.ts');
    expect(reads).toHaveLength(8);
  });

  test('without any rules nothing is ignored', async () => {
    expect(await ignoreFiles({}).rules.ignores('a/b.ts')).toBe(false);
  });
});
