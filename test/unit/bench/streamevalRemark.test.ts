import { expect, test } from 'vitest';
import { remark } from '../../../bench/benchmarks/streameval.js';

type Answers = Parameters<typeof remark>[0]['answers'];

const answers = (...rows: readonly (readonly [right: number, inWindow: number])[]): Answers =>
  rows.map(([right, inWindow], at) => ({ distance: at, tokens: 100 * at, asked: 10, right, inWindow }));

test('where the answers within the window are right there is nothing to say, whatever was beyond it', () => {
  for (const form of ['edits', 'registers'] as const)
    expect(remark({ form, policy: 'sink', answers: answers([8, 10], [8, 10], [0, 0]) })).toEqual({});
});

test('a remark says whether the far ones are wrong, or the near ones too', () => {
  const of = (form: 'edits' | 'registers', ...rows: readonly (readonly [number, number])[]): string | undefined =>
    remark({ form, policy: 'sink', answers: answers(...rows) }).remark;
  expect(of('edits', [9, 10], [1, 10])).toContain('far back in its window: of the nearest it gets 90.0 % right');
  expect(of('edits', [3, 10], [1, 10])).toContain('misses what stands in its window');
  expect(of('registers', [3, 10], [1, 10])).toContain('trained on no such lines');
});

test('the collapse of the plain window is what is claimed, and needs no excuse', () => {
  expect(remark({ form: 'edits', policy: 'window', answers: answers([0, 10]) })).toEqual({});
});
