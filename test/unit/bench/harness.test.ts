import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figure } from '../../../bench/harness/format.js';
import { parseOptions } from '../../../bench/harness/options.js';
import { Parts } from '../../../bench/harness/parts.js';
import { barLine } from '../../../bench/harness/progress.js';
import { comparisonTable, markdownTable } from '../../../bench/harness/results.js';

test('a quick run keeps away from the results', () => {
  expect(parseOptions([], '/clone').folder).toBe('/clone/bench/results');
  expect(parseOptions(['--quick'], '/clone').folder).toBe('/clone/dist/bench');
});

test('the command is told without the paths of this machine', () => {
  const { command, models, tokens } = parseOptions(['millions', '--tokens', '2_000', '--sink', '/x/y.gguf'], '/clone');
  expect(command).toBe('npm run bench -- millions --tokens 2_000');
  expect(models.sink).toBe('/x/y.gguf');
  expect(tokens).toBe(2000);
  expect(() => parseOptions(['--tokens', 'many'], '/clone')).toThrow('--tokens many is no whole number');
});

test('what runs on a GPU stays away from the results, and its name is checked', () => {
  const options = parseOptions(['latency', '--shape', '7b', '--gpu', 'cuda', '--threads', '0'], '/clone');
  expect(options).toMatchObject({
    shape: '7b',
    device: { gpu: 'cuda', threads: 0 },
    folder: '/clone/dist/bench',
    command: 'npm run bench -- latency --shape 7b --gpu cuda --threads 0',
  });
  expect(() => parseOptions(['--gpu', 'big'], '/clone')).toThrow('--gpu big is none of auto, cuda');
});

test('a run that goes on measures only the parts that are missing; another model or a fresh run measures all', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'endless-parts-'));
  const scores = { scores: [undefined, -0.5, Number.NaN], at: new Map([[1, -2]]) };
  const measured: string[] = [];
  const run = async (options: { resume: boolean; depends: unknown }, names: readonly string[]): Promise<Parts> => {
    const parts = await Parts.open(folder.path, 'x', options);
    for (const name of names)
      expect(
        await parts.once(name, () => {
          measured.push(name);
          return Promise.resolve(scores);
        }),
      ).toEqual(scores);
    return parts;
  };
  await run({ resume: false, depends: 'a' }, ['one', 'two']);
  const resumed = await run({ resume: true, depends: 'a' }, ['one', 'two', 'three']);
  expect(measured.splice(0)).toEqual(['one', 'two', 'three']);
  expect(resumed.spentBefore.seconds).toBeGreaterThan(0);
  await run({ resume: true, depends: 'b' }, ['one']);
  await run({ resume: false, depends: 'b' }, ['one']);
  expect(measured.splice(0)).toEqual(['one', 'one']);
  await resumed.remove();
  await run({ resume: true, depends: 'b' }, ['one']);
  expect(measured).toEqual(['one']);
});

test('a bar fills with the share that is done', () => {
  expect(barLine('x', 0, 10, 0)).toContain('░'.repeat(24));
  expect(barLine('x', 5, 10, 1000)).toContain(' 50 %  x  1 s left');
  expect(barLine('x', 10, 10, 2000)).toContain('100 %  x  2 s');
});

test('figures keep three digits', () => {
  expect([0.012345, 1.23456, 12345.6, Number.NaN].map((value) => figure(value))).toEqual([
    '0.0123',
    '1.23',
    '12346',
    '–',
  ]);
});

test('tables are Markdown', () => {
  expect(markdownTable(['a'], [['x|y']])).toEqual(['| a |', '| --- |', '| x\\|y |']);
  expect(comparisonTable([])).toEqual([]);
});
