import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Benchmark } from '../../bench/harness/benchmark.js';
import { readModelFile } from '../../bench/harness/machine.js';
import { readModelLayout } from '../../bench/harness/modelLayout.js';
import { writeReadme } from '../../bench/harness/readmePage.js';
import { SINK_MODEL, temporaryFolder, VANILLA_MODEL } from './fixture.js';
import { tinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';

const root = resolve(import.meta.dirname, '../..');

const benchmark = (name: string, weightsMatter: boolean): Benchmark => ({
  name,
  question: `What of ${name}?`,
  timed: false,
  weightsMatter,
  minutes: 3,
  run: () => Promise.reject(new Error('only its result is read')),
});

/** The model with other weights: the end of the file is the end of its last tensor. */
async function withOtherWeights(path: string, to: string): Promise<void> {
  const bytes = await readFile(path);
  bytes.fill(0x11, bytes.length - 1024);
  await writeFile(to, bytes);
}

test('models that differ in their weights alone have one layout, other models another, and other files none', async () => {
  await using folder = await temporaryFolder();
  const other = join(folder.path, 'other.gguf');
  await withOtherWeights(SINK_MODEL, other);
  const [tiny, text] = [join(folder.path, 'tiny.gguf'), join(folder.path, 'text.gguf')];
  await writeGguf(tiny, tinyModel('llama'));
  await writeFile(text, 'weights');
  const layout = await readModelLayout(SINK_MODEL);
  expect(layout).toMatch(/^[0-9a-f]{64}$/);
  expect(await readModelLayout(other)).toBe(layout);
  // The twin without a sink token.
  expect(await readModelLayout(VANILLA_MODEL)).not.toBe(layout);
  expect(await readModelLayout(tiny)).not.toBe(layout);
  expect(await readModelLayout(text)).toBeUndefined();
  await writeFile(text, 'GGUF, it says');
  expect(await readModelLayout(text)).toBeUndefined();
});

test('a result of times holds for other weights of the same layout, one of what the model says does not', async () => {
  await using folder = await temporaryFolder();
  const clone = folder.path;
  for (const part of ['bench/results', 'models']) await mkdir(join(clone, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
  await withOtherWeights(SINK_MODEL, join(clone, 'models/m.gguf'));
  const measured = { ...(await readModelFile(SINK_MODEL)), file: 'm.gguf' };
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/node-llama-cpp/package.json'), 'utf8')) as {
    readonly version: string;
  };
  for (const name of ['times', 'words'])
    await writeFile(
      join(clone, `bench/results/${name}.json`),
      JSON.stringify({
        name,
        command: `npm run bench -- ${name}`,
        at: '2026-01-02T03:04:05Z',
        quick: false,
        otherLoad: 0,
        machine: { nodeLlamaCpp: version, cores: 2 },
        models: [measured],
        comparisons: [],
      }),
    );
  await writeReadme(clone, [benchmark('times', false), benchmark('words', true)]);
  const page = await readFile(join(clone, 'bench/README.md'), 'utf8');
  expect(page).toContain('| [times](#times) | 3 | 2026-01-02 | holds |');
  expect(page).toContain('| [words](#words) | 3 | 2026-01-02 | to be measured again |');
});
