import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../bench/root.js';
import { isHandwritten, packageName, readSources } from '../../../bench/text/sources.js';
import { readTrainingPackages } from '../../../bench/text/trainingSplit.js';

const CODE = Array.from({ length: 20 }, (_, at) => `export const name${at} = ${at};`).join('\n');

async function tree(files: Readonly<Record<string, string>>): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'endless-sources-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const packages = (names: Readonly<Record<string, object>>): string =>
  JSON.stringify({ packages: { '': {}, ...names } });

test('sources come in the order of the lockfile, without training packages, platforms and copies', async () => {
  await using clone = await tree({
    'package-lock.json': packages({
      'node_modules/b': {},
      'node_modules/trained': {},
      'node_modules/held': {},
      'node_modules/a/node_modules/@s/c': {},
      'node_modules/only-mac': { os: ['darwin'] },
      'node_modules/missing': {},
    }),
    'training/corpus/packages.json': JSON.stringify({
      packages: [{ name: 'trained' }, { name: 'held', heldout: true }],
    }),
    'node_modules/b/lib/two.js': `${CODE}\n// two`,
    'node_modules/b/lib/one.ts': CODE,
    'node_modules/b/lib/copy.ts': CODE,
    'node_modules/b/lib/one.min.js': `${CODE}\n// minified`,
    'node_modules/b/README.md': CODE,
    'node_modules/b/node_modules/x/index.js': `${CODE}\n// of x`,
    'node_modules/trained/index.js': `${CODE}\n// trained`,
    'node_modules/held/index.js': `${CODE}\n// held`,
    'node_modules/a/node_modules/@s/c/index.js': `${CODE}\n// c`,
    'node_modules/only-mac/index.js': `${CODE}\n// mac`,
  });
  const found: string[] = [];
  for await (const source of readSources(clone.path)) found.push(`${source.package} ${source.path}`);
  expect(found).toEqual(['b lib/copy.ts', 'b lib/two.js', 'held index.js', '@s/c index.js']);
});

test('the name of a package is what follows the last node_modules', () => {
  expect(packageName('')).toBeUndefined();
  expect(packageName('node_modules/a/node_modules/@b/c')).toBe('@b/c');
});

test('what no person wrote is left out', () => {
  expect(isHandwritten(CODE)).toBe(true);
  expect(isHandwritten('export {};')).toBe(false);
  expect(isHandwritten(`${CODE}\n${'x'.repeat(700)}`)).toBe(false);
});

test('no source of this clone is of a package that the models were trained on', async () => {
  const trained = await readTrainingPackages(root);
  expect(trained.size).toBeGreaterThan(20);
  let count = 0;
  for await (const source of readSources(root)) {
    expect(trained).not.toContain(source.package);
    count += 1;
    if (count >= 500) break;
  }
  expect(count).toBe(500);
});
