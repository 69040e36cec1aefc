import { expect, test } from 'vitest';
import { figure } from '../../../bench/harness/format.js';
import { parseOptions } from '../../../bench/harness/options.js';
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
