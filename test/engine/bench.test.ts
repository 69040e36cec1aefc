import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../bench/harness/results.js';
import { SINK_MODEL, temporaryFolder, VANILLA_MODEL } from './fixture.js';

const root = resolve(import.meta.dirname, '../..');

/** A benchmark as `npm run bench -- NAME --quick` runs it. */
async function bench(name: string, folder: string): Promise<Result> {
  const child = spawn(
    process.execPath,
    [
      'scripts/bundleAndRun.mjs',
      'bench/main.ts',
      name,
      '--quick',
      '--out',
      folder,
      '--sink',
      SINK_MODEL,
      '--vanilla',
      VANILLA_MODEL,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  for await (const chunk of child.stderr.setEncoding('utf8')) errors += String(chunk);
  const code = await new Promise((done) =>
    child.exitCode === null ? child.once('close', done) : done(child.exitCode),
  );
  expect(code, errors.slice(-2000)).toBe(0);
  return JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Result;
}

function expectFacts(result: Result, name: string): void {
  expect(result).toMatchObject({ name, quick: true, seed: 1, command: `npm run bench -- ${name} --quick` });
  expect(result.machine.nodeLlamaCpp).toMatch(/^\d+\.\d+\.\d+$/);
  expect(result.models.map((model) => model.sha256)).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  expect(JSON.stringify(result)).not.toContain(root);
}

test('the engine benchmark: each token of a turn is evaluated once, and re-computation costs many times as much', async () => {
  await using folder = await temporaryFolder();
  const result = await bench('engine', folder.path);
  expectFacts(result, 'engine');
  const { turns, recompute, steady, library } = result.figures as {
    turns: { reEvaluated: number; evicted: number; turns: { streamed: number; evaluated: number }[] };
    recompute: { ratio: number }[];
    steady: { ratio: number }[];
    library: { tokens: number; engine: { evaluated: number } }[];
  };
  expect(turns.reEvaluated).toBe(0);
  expect(turns.evicted).toBeGreaterThan(0);
  for (const turn of turns.turns) expect(turn.evaluated).toBe(turn.streamed);
  expect(recompute[0]?.ratio).toBeGreaterThan(3);
  expect(steady[0]?.ratio).toBeGreaterThan(0);
  for (const row of library) expect(row.engine.evaluated).toBe(row.tokens);
});

test('the perplexity benchmark: every arm gives a perplexity, on one stream', async () => {
  await using folder = await temporaryFolder();
  const result = await bench('perplexity', folder.path);
  expectFacts(result, 'perplexity');
  for (const twin of ['vanilla', 'sink']) {
    const { policies } = result.figures[twin] as { policies: Record<string, { perplexity: number; evicted: number }> };
    expect(Object.keys(policies)).toEqual(['0+128', '1+127', '4+124', 'recompute', 'dense']);
    for (const arm of Object.values(policies)) {
      expect(arm.perplexity).toBeGreaterThan(1);
      expect(arm.perplexity).toBeLessThan(100_000);
    }
    expect(policies['1+127']?.evicted).toBeGreaterThan(0);
    expect(policies['dense']?.evicted).toBe(0);
  }
  expect(await readFile(join(folder.path, 'perplexity.svg'), 'utf8')).toContain('<polyline');
});
