import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Figures } from '../../bench/benchmarks/completion/figures.js';
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

test('the perplexity benchmark: every arm gives a perplexity, on one stream, and the sink twin alone needs its sink', async () => {
  await using folder = await temporaryFolder();
  const result = await bench('perplexity', folder.path);
  expectFacts(result, 'perplexity');
  for (const twin of ['vanilla', 'sink']) {
    const { policies, blocks } = result.figures[twin] as Record<
      'policies' | 'blocks',
      Record<string, { perplexity: number; evicted: number; tokens: number; positions: number }>
    >;
    expect(Object.keys(policies)).toEqual(['0+128', '1+127', '4+124', 'recompute', 'dense']);
    for (const arm of Object.values(policies)) {
      expect(arm.perplexity).toBeGreaterThan(1);
      expect(arm.perplexity).toBeLessThan(100_000);
    }
    expect(policies['1+127']?.evicted).toBeGreaterThan(0);
    expect(policies['dense']?.evicted).toBe(0);
    // The numbers of sinks are compared over a longer stream than the blocks are, both after the cache is full.
    const [long, short] = [policies['0+128'], blocks['16']];
    expect(long?.tokens).toBeGreaterThan(short?.tokens ?? Infinity);
    for (const arm of [long, short]) expect(arm?.positions).toBe((arm?.tokens ?? 0) - 256);
  }
  expect(await readFile(join(folder.path, 'perplexity.svg'), 'utf8')).toContain('<polyline');
  // What the twins differ in (section 3.3 of the paper): one has a sink that it needs, the other none to lose.
  const lossOfSink = (twin: string): number => {
    const { policies } = result.figures[twin] as { policies: Record<string, { perplexity: number }> };
    return policies['0+128']!.perplexity / policies['1+127']!.perplexity;
  };
  expect(lossOfSink('sink')).toBeGreaterThan(2);
  expect(lossOfSink('vanilla')).toBeLessThan(1.1);
});

test('the benchmark of millions: nothing is evaluated again, and the cache knows as much as a fresh one', async () => {
  await using folder = await temporaryFolder();
  const { figures } = await bench('millions', folder.path);
  const { stretches, fresh } = figures as {
    stretches: { at: number; evicted: number; reEvaluated: number; inUse: number; resident: number }[];
    fresh: { ratio: number; positions: number };
  };
  const last = stretches.at(-1);
  expect(last).toMatchObject({ at: 6000, reEvaluated: 0 });
  expect(last?.evicted).toBeGreaterThan(5000);
  for (const { inUse, resident } of stretches) expect(inUse).toBeLessThan(resident);
  expect(fresh.positions).toBeGreaterThan(100);
  expect(Math.abs(Math.log(fresh.ratio))).toBeLessThan(0.05);
});

test('the latency benchmark: re-computation costs the more the larger the cache, and evictions a small share', async () => {
  await using folder = await temporaryFolder();
  const { figures } = await bench('latency', folder.path);
  const { models } = figures as {
    models: { rows: { capacity: number; ratio: number; evictionShare: number; memory: number }[] }[];
  };
  const rows = models[0]?.rows ?? [];
  expect(rows.map((row) => row.capacity)).toEqual([128, 256]);
  for (const row of rows) {
    expect(row.ratio).toBeGreaterThan(3);
    expect(row.evictionShare).toBeLessThan(0.5);
  }
  expect(rows[1]!.memory / rows[0]!.memory).toBeCloseTo(2, 1);
});

test('the benchmark of StreamEval: it knows which answers are in the window, in both forms', async () => {
  await using folder = await temporaryFolder();
  const { figures } = await bench('streameval', folder.path);
  const { measured } = figures as {
    measured: { form: string; answers: { distance: number; asked: number; right: number; inWindow: number }[] }[];
  };
  expect(measured.map(({ form }) => form)).toEqual(['edits', 'registers']);
  for (const { answers } of measured) {
    expect(answers.map(({ distance, asked, inWindow }) => ({ distance, asked, inWindow }))).toEqual([
      { distance: 1, asked: 2, inWindow: 2 },
      { distance: 12, asked: 2, inWindow: 0 },
    ]);
    for (const row of answers) expect(row.right).toBeLessThanOrEqual(row.asked);
  }
});

test('the benchmark of answers: it knows what the window holds, and asks again only for what has left it', async () => {
  await using folder = await temporaryFolder();
  const { figures } = await bench('answers', folder.path);
  const [measured] = (
    figures as {
      measured: {
        within: { share: { asked: number; right: number } }[];
        gone: { asked: number; right: number; honest: number };
        evicted: number;
      }[];
    }
  ).measured;
  const asked = measured!.within.reduce((sum, { share }) => sum + share.asked, 0);
  const right = measured!.within.reduce((sum, { share }) => sum + share.right, 0);
  expect(asked).toBeGreaterThanOrEqual(5);
  expect(right / asked).toBeGreaterThanOrEqual(0.75);
  expect(measured!.evicted).toBeGreaterThan(512);
  expect(measured!.gone.asked).toBeGreaterThan(0);
  expect(measured!.gone.right).toBe(0);
});

test('the session benchmark: a day without a reset in which each token of the stream is evaluated once', async () => {
  await using folder = await temporaryFolder();
  const { day } = (await bench('session', folder.path)).figures as {
    day: {
      evaluated: number;
      branched: number;
      streamed: number;
      reEvaluated: number;
      resets: number;
      turns: { engine: number[]; plain: number[] };
    };
  };
  expect(day).toMatchObject({ reEvaluated: 0, resets: 0 });
  expect(day.evaluated - day.branched).toBe(day.streamed);
  expect(day.turns.engine).toHaveLength(30);
  expect(day.turns.plain[29]! / day.turns.engine[29]!).toBeGreaterThan(1.5);
});

test('the completion benchmark: all are asked the same, and only the base line asks no model', async () => {
  await using folder = await temporaryFolder();
  const result = await bench('completion', folder.path);
  const { measured } = result.figures as { measured: { work: string; figures: Figures[] }[] };
  expect(measured[0]?.work).toBe('dependencies');
  for (const { figures } of measured) {
    expect(figures.map(({ name }) => name)).toEqual([
      'with the session',
      'file alone',
      '5-gram on the same text',
      '5-gram on everything',
    ]);
    for (const { line, block, typing } of figures) {
      expect([line.asked, block.asked, typing.characters]).toEqual([
        figures[0]?.line.asked,
        figures[0]?.block.asked,
        figures[0]?.typing.characters,
      ]);
      expect(line.asked).toBeGreaterThan(0);
      expect(line.similarity).toBeGreaterThan(0);
    }
    expect(figures.map(({ typing }) => typing.evaluatedPerKey > 0)).toEqual([true, true, false, false]);
  }
});
