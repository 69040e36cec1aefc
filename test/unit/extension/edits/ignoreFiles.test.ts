import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IgnoreFiles, isIgnoreFile } from '../../../../extension/edits/ignoreFiles.js';

function ignoreFiles(files: Readonly<Record<string, string>>, exclude: readonly string[] = [], root = '/work/shop') {
  const reads: string[] = [];
  const rules = new IgnoreFiles(
    (path) => {
      reads.push(path);
      return Promise.resolve(files[path]);
    },
    () => exclude,
    root,
  );
  return { rules, reads };
}

const FILES = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.gitignore': 'dist/\n*.log\n!keep.log\n/build\nnode_modules\n# comment\n\nsecret dir/\n',
  '.git/info/exclude': 'mine.txt\n',
  '.endlessignore': 'private/**\n*.min.js\n',
  'packages/a/.gitignore': '*.snap\n!important.log\n/local\n',
  'packages/a/deep/.gitignore': '!x.snap\n',
  'packages/a/deep/.endlessignore': '!y.snap\n*.gen.ts\n!kept.gen.ts\n!keep.min.js\n',
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
    ['packages/a/deep/kept.gen.ts', false],
    ['packages/a/deep/keep.min.js', false],
    ['packages/a/deep/x.min.js', true],
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

  test('what git takes in stays out when Endless leaves it out, and the other way round', async () => {
    const { rules } = ignoreFiles(
      {
        '.gitignore': '*.log\n',
        '.endlessignore': '/private.ts\n!a.log\n',
        'data/.gitignore': '!customers.csv\n!private.ts\n',
        'data/.endlessignore': 'private.ts\n!b.log\n',
      },
      ['customers.csv'],
    );
    expect(await rules.ignores('data/customers.csv')).toBe(true);
    expect(await rules.ignores('data/private.ts')).toBe(true);
    expect(await rules.ignores('a.log')).toBe(true);
    expect(await rules.ignores('data/b.log')).toBe(true);
    expect(await rules.ignores('data/other.csv')).toBe(false);
  });

  test.each([
    ['a folder', { '../../.git/HEAD': 'ref: refs/heads/main\n' }],
    ['a file', { '../../.git': 'gitdir: /elsewhere/.git/worktrees/shop\n' }],
  ])("git's rules hold from the root of the repository, where .git is %s", async (_, git) => {
    const { rules } = ignoreFiles(
      {
        ...git,
        '../../.git/info/exclude': 'mine.txt\n',
        '../../.gitignore': '*.csv\n/packages/shop/out/\n/src/\n*.log\n',
        '../../.endlessignore': '*.ts\n',
        '../.gitignore': '!kept.csv\n/shop/tmp\n',
        '../../../.gitignore': '*\n',
        '.gitignore': '!kept.log\n',
        'deep/.gitignore': '!deep.csv\n',
      },
      ['/only/'],
      '/work/everything/packages/shop',
    );
    const ignored = async (path: string): Promise<boolean> => rules.ignores(path);
    expect(await ignored('a.csv')).toBe(true);
    expect(await ignored('deep/a.csv')).toBe(true);
    expect(await ignored('deep/deep.csv')).toBe(false);
    expect(await ignored('kept.csv')).toBe(false);
    expect(await ignored('out/x.js')).toBe(true);
    expect(await ignored('tmp/x.js')).toBe(true);
    expect(await ignored('a.log')).toBe(true);
    expect(await ignored('kept.log')).toBe(false);
    expect(await ignored('mine.txt')).toBe(true);
    // Rules of Endless hold from the opened folder, anchored ones of git from the folder in which they stand.
    expect(await ignored('only/x.js')).toBe(true);
    expect(await ignored('src/index.ts')).toBe(false);
  });

  test('a folder that the repository above ignores is for its own rules to judge when it is opened', async () => {
    const files = {
      '../../.git/HEAD': 'ref: refs/heads/main\n',
      '../../.gitignore': '/private/\n*.csv\n',
      '.gitignore': '*.log\n',
      '.endlessignore': 'mine.ts\n',
      'src/.gitignore': 'gen/\n',
    };
    // The folder itself, and one inside of it.
    for (const root of ['/work/repository/private/sample', '/work/repository/shop/private']) {
      const opened = ignoreFiles(
        root.endsWith('private') ? { ...files, '../.gitignore': 'private\n' } : files,
        [],
        root,
      ).rules;
      expect(await opened.ignores('src/a.ts')).toBe(false);
      expect(await opened.ignores('a.csv')).toBe(false);
      expect(await opened.ignores('a.log')).toBe(true);
      expect(await opened.ignores('mine.ts')).toBe(true);
      expect(await opened.ignores('src/gen/a.ts')).toBe(true);
    }
    const { rules } = ignoreFiles(files, [], '/work/repository/shop/sample');
    expect(await rules.ignores('src/a.ts')).toBe(false);
    expect(await rules.ignores('a.csv')).toBe(true);
  });

  test('above the root of the repository, and where there is none, nothing is read above the folder', async () => {
    const above = { '../.gitignore': '*.ts\n' };
    expect(await ignoreFiles({ ...above, '.git/HEAD': 'x', '../.git/HEAD': 'x' }).rules.ignores('a.ts')).toBe(false);
    expect(await ignoreFiles(above).rules.ignores('a.ts')).toBe(false);
  });

  test.each([
    ['/work/shop', '../../'],
    ['/c:/work/shop', '../../'],
    [`/${'x/'.repeat(500)}`, '../'.repeat(32)],
  ])('a repository is looked for up to a bound: from %j', async (root, furthest) => {
    const { rules, reads } = ignoreFiles({}, [], root);
    await rules.ignores('a.ts');
    expect(reads).toContain(`${furthest}.git`);
    expect(reads).not.toContain(`${furthest}../.git`);
  });

  test('reads each file once, and again after a refresh', async () => {
    const { rules, reads } = ignoreFiles(FILES);
    await Promise.all([rules.ignores('src/a.ts'), rules.ignores('src/b.ts')]);
    // Besides, where the repository begins is looked for.
    const rulesRead = (): string[] => reads.filter((path) => !/\.git(?:\/HEAD)?$/.test(path));
    expect(rulesRead().sort()).toEqual([
      '.endlessignore',
      '.git/info/exclude',
      '.gitignore',
      'src/.endlessignore',
      'src/.gitignore',
    ]);
    expect(new Set(reads).size).toBe(reads.length);
    rules.refresh();
    await rules.ignores('a.ts');
    expect(rulesRead()).toHaveLength(8);
  });

  test('without any rules nothing is ignored', async () => {
    expect(await ignoreFiles({}).rules.ignores('a/b.ts')).toBe(false);
  });
});

test('files with ignore rules are told by their whole name, in any folder', () => {
  expect(['.gitignore', '/work/src/.endlessignore'].map(isIgnoreFile)).toEqual([true, true]);
  expect(['/work/my.gitignore', '/work/.gitignore/code.ts', '.gitignores'].map(isIgnoreFile)).toEqual([
    false,
    false,
    false,
  ]);
});

test('what is typed in the sample that `npm start` opens is told, although this repository ignores that folder', async () => {
  const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
  expect((await read('.gitignore'))?.split('\n')).toContain('/.endless/');
  const sample = join(process.cwd(), '.endless/sample');
  const rules = new IgnoreFiles(
    (path) => read(join(sample, path)),
    () => [],
    sample,
  );
  expect(await rules.ignores('src/garden.ts')).toBe(false);
});
