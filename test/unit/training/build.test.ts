import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../../bench/root.js';
import { build } from '../../../training/corpus/build.js';
import { writeFolders } from '../../../training/corpus/folders.js';
import { archiveName, type PackageEntry } from '../../../training/corpus/packages.js';
import { grammars } from './testGrammars.js';

const SAMPLES = join(root, 'training/test/samples');
const ONE: PackageEntry = { name: 'one', version: '1.0.0', licence: 'MIT' };
const TWO: PackageEntry = { name: '@some/two', version: '2.0.0', licence: 'ISC', heldout: true };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endless-corpus-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function list(packages: readonly PackageEntry[]): Promise<void> {
  await mkdir(join(folder, 'training/corpus'), { recursive: true });
  await writeFile(join(folder, 'training/corpus/packages.json'), JSON.stringify({ packages }));
}

async function pack(entry: PackageEntry, files: Readonly<Record<string, string>>): Promise<void> {
  const place = join(folder, 'unpacked', entry.version, 'package');
  const manifest = JSON.stringify({ name: entry.name, license: entry.licence });
  for (const [path, text] of Object.entries({ ...files, 'package.json': manifest })) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), text);
  }
  await mkdir(join(folder, 'npm'), { recursive: true });
  await create({ file: join(folder, 'npm', archiveName(entry)), gzip: true, cwd: dirname(place) }, ['package']);
}

const quiet = (): void => undefined;
const run = (): Promise<void> => build(folder, folder, quiet);
const result = async (): Promise<string> => readFile(join(folder, 'corpus/files.jsonl'), 'utf8');

describe.skipIf(grammars === undefined)('files.jsonl', () => {
  test('holds each source once, with its syntax, split by package, the same every time', async () => {
    const cart = await readFile(join(SAMPLES, 'lib/cart.ts'), 'utf8');
    const queue = await readFile(join(SAMPLES, 'src/queue.ts'), 'utf8');
    await list([TWO, ONE]);
    await pack(ONE, { 'lib/cart.js': cart, 'lib/copy.js': cart, 'test/other.js': queue, 'index.min.js': queue });
    await pack(TWO, { 'index.js': queue, 'stolen.js': cart });
    await run();
    const first = await result();
    const rows = first
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { package: string; path: string; split: string; symbols: { name: string }[] });
    expect(rows.map(({ package: name, split }) => [name, split])).toEqual([
      ['one', 'train'],
      ['@some/two', 'heldout'],
    ]);
    expect(rows[1]).toMatchObject({
      path: 'index.js',
      text: queue,
      imports: ["import { EventEmitter } from 'node:events'"],
    });
    expect(rows[1]?.symbols.map(({ name }) => name)).toEqual(['Job', 'Queue', 'push', 'drain', 'clamp', 'sleep']);
    await run();
    expect(await result()).toBe(first);
  });

  test('is left as it was when a package has another licence than the list says', async () => {
    await mkdir(join(folder, 'corpus'));
    await writeFile(join(folder, 'corpus/files.jsonl'), 'as it was');
    await list([{ ...ONE, licence: 'ISC' }]);
    await pack(ONE, {});
    await expect(run()).rejects.toThrow('packages.json says ISC, the package MIT');
    expect(await result()).toBe('as it was');
  });

  test('of a package that was not fetched: what to do is said', async () => {
    await list([ONE]);
    await expect(run()).rejects.toThrow('one-1.0.0.tgz is not there. Run `npm run corpus -- fetch`');
  });
});

test.skipIf(grammars === undefined)('the samples of the Python tests are what the builder makes of them', async () => {
  const out = join(folder, 'samples.jsonl');
  await writeFolders([join(SAMPLES, 'lib'), join(SAMPLES, 'src')], out, quiet);
  expect(await readFile(out, 'utf8')).toBe(await readFile(`${SAMPLES}.jsonl`, 'utf8'));
  expect(await readdir(folder)).toEqual(['samples.jsonl']);
});
