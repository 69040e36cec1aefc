import { createHash } from 'node:crypto';
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Benchmark } from '../../../bench/harness/benchmark.js';
import { writeReadme } from '../../../bench/harness/readmePage.js';

const benchmark = (name: string, timed: boolean, weightsMatter = true): Benchmark => ({
  name,
  question: `What of ${name}?`,
  timed,
  weightsMatter,
  minutes: 3,
  run: () => Promise.reject(new Error('only its results are read')),
});

/** A clone with one model and a result of it. */
async function clone(
  root: string,
  result: { name: string; model: string; otherLoad: number; library: string; options?: string },
) {
  for (const folder of ['bench/results', 'models', 'node_modules/node-llama-cpp'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'models/m.gguf'), 'weights');
  await writeFile(join(root, 'node_modules/node-llama-cpp/package.json'), '{"version":"3.21.1"}');
  await writeFile(
    join(root, `bench/results/${result.name}.json`),
    JSON.stringify({
      name: result.name,
      command: `npm run bench -- ${result.name}${result.options ?? ''}`,
      at: '2026-01-02T03:04:05Z',
      quick: false,
      otherLoad: result.otherLoad,
      machine: { nodeLlamaCpp: result.library, cores: 2 },
      models: [{ file: 'm.gguf', bytes: 7, sha256: createHash('sha256').update(result.model).digest('hex') }],
      comparisons: [{ claim: 'It holds', expected: '≤ 1', here: '0.5' }],
    }),
  );
}

test.each([
  [
    'a result of the model and library that are there',
    { model: 'weights', otherLoad: 0.1, library: '3.21.1' },
    'holds',
  ],
  ['another model', { model: 'other weights', otherLoad: 0.1, library: '3.21.1' }, 'm.gguf` was another model'],
  ['another library', { model: 'weights', otherLoad: 0.1, library: '3.20.0' }, 'it was node-llama-cpp 3.20.0'],
  ['times of a busy machine', { model: 'weights', otherLoad: 4, library: '3.21.1' }, 'load 4.0 on 2 cores'],
  [
    'a shorter run',
    { model: 'weights', otherLoad: 0.1, library: '3.21.1', options: ' --tokens 9' },
    'run with `--tokens 9`, not at its full length',
  ],
])('the page says of %s what it is worth', async (_, facts, said) => {
  await using root = await mkdtempDisposable(join(tmpdir(), 'endless-readme-'));
  await clone(root.path, { name: 'one', ...facts });
  await writeReadme(root.path, [benchmark('one', true), benchmark('two', false)]);
  const page = await readFile(join(root.path, 'bench/README.md'), 'utf8');
  expect(page).toContain('| It holds | ≤ 1 | 0.5 |');
  expect(page).toContain(said);
  expect(page).toContain(`| [one](#one) | 3 | 2026-01-02 | ${said === 'holds' ? 'holds' : 'to be measured again'} |`);
  expect(page).toContain('| [two](#two) | 3 |  | not yet measured |');
  expect(page).toContain('Not yet measured: `npm run bench -- two`.');
});
