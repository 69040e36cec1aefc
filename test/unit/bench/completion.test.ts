import { describe, expect, test } from 'vitest';
import { CopyModel } from '../../../bench/benchmarks/completion/copyModel.js';
import { copyCompleter, EVERYTHING, limitsOfWindow } from '../../../bench/benchmarks/completion/completers.js';
import { pairOf } from '../../../bench/benchmarks/completion/figures.js';
import { stepsOfFile } from '../../../bench/benchmarks/completion/fromSources.js';
import { afterStep, editsOfStep, stepsBetween, type Step } from '../../../bench/benchmarks/completion/recording.js';
import { replay, type Completer } from '../../../bench/benchmarks/completion/replay.js';
import { remarkOn } from '../../../bench/benchmarks/completion/report.js';
import { cursorIn, samplesOf } from '../../../bench/benchmarks/completion/samples.js';
import { editDistance, score } from '../../../bench/benchmarks/completion/score.js';
import { typeLine } from '../../../bench/benchmarks/completion/typing.js';
import { diffBlocks } from '../../../extension/edits/lineDiff.js';
import { Random } from '../../engine/gguf/random.js';

const BEFORE = ['class Cart {', '}', '', 'export const cart = new Cart();'];

const STEP: Step = {
  job: 'job',
  path: 'src/cart.ts',
  before: BEFORE,
  at: 1,
  removed: 0,
  added: ['  total(): number {', '    const sum = this.prices();', '    return sum;', '  }'],
};

describe('steps', () => {
  test('lead from one text to the next, each from where the last one ended', () => {
    const after = ['class Basket {', '  clear() {}', '}', '', 'export const basket = new Basket();'];
    const steps = stepsBetween('job', 'a.ts', BEFORE, diffBlocks(BEFORE, after));
    expect(steps.map(({ added }) => added)).toEqual([after.slice(0, 2), after.slice(4)]);
    expect(steps[1]?.before).toEqual(afterStep(steps[0]!));
    expect(afterStep(steps[1]!)).toEqual(after);
  });

  test('settle a few lines at a time, and lead to the same text', () => {
    const step: Step = { ...STEP, at: 0, removed: 1, added: ['a', 'b', 'c', 'd'] };
    const edits = editsOfStep(step);
    expect(edits.map(({ at, removed, added }) => [at, removed, added])).toEqual([
      [0, 1, ['a', 'b', 'c']],
      [3, 0, ['d']],
    ]);
    expect(edits.map(({ before }) => before)).toEqual([BEFORE, afterStep(edits[0]!)]);
    expect(afterStep(edits[1]!)).toEqual(afterStep(step));
    expect(editsOfStep({ ...step, added: [] })).toEqual([{ ...step, added: [] }]);
  });

  test('of a file write every second part that is missing', () => {
    const part = (name: string): string[] => [`function ${name}() {`, '  first();', '  second();', '}'];
    const text = ['a', 'b', 'c', 'd'].map((name) => part(name).join('\n')).join('\n\n');
    const steps = stepsOfFile({ package: 'p', path: 'x.js', text });
    expect(steps.map(({ path, added }) => [path, added[0]])).toEqual([
      ['p/x.js', 'function b() {'],
      ['p/x.js', 'function d() {'],
    ]);
    expect(steps[0]?.before.join('\n')).not.toMatch(/function [bd]/);
    expect(afterStep(steps[1]!).join('\n')).toBe(text);
  });
});

describe('samples', () => {
  test('show what was written before the cursor, and nothing that was written after it', () => {
    expect(cursorIn(STEP, 1, 9)).toEqual({
      prefix: 'class Cart {\n  total(): number {\n',
      typed: '    const',
      suffix: '\n}\n\nexport const cart = new Cart();',
    });
  });

  test('are lines after their first third, and a block behind its opening bracket', () => {
    const samples = samplesOf(STEP, new Random(1));
    expect(samples.map(({ kind }) => kind)).toEqual(['line', 'line', 'block']);
    for (const { kind, context, truth } of samples)
      if (kind === 'line') expect(STEP.added).toContain(context.typed + truth);
    expect(samples[2]).toMatchObject({
      context: { typed: '    ', suffix: '\n  }\n}\n\nexport const cart = new Cart();' },
      truth: 'const sum = this.prices();\n    return sum;',
    });
    expect(samplesOf(STEP, new Random(1))).toEqual(samples);
  });
});

describe('score', () => {
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['total', 'total', 0],
  ])('%s and %s are %d apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  test('white space at line ends does not count, and no more lines than were written do', () => {
    expect(score('a();  \n  b();\n  c();', 'a();\n  b();')).toEqual({ exact: true, similarity: 1 });
    expect(score('abcd', 'abxx')).toEqual({ exact: false, similarity: 0.5 });
    expect(score('', 'abc')).toEqual({ exact: false, similarity: 0 });
  });

  test('of two by pairs', () => {
    const of = (exact: boolean, similarity: number): Parameters<typeof pairOf>[0][number] => ({
      kind: 'line',
      shown: true,
      evaluated: 0,
      milliseconds: 0,
      exact,
      similarity,
    });
    const pair = pairOf([of(true, 1), of(false, 0.5)], [of(false, 0.5), of(false, 0)]);
    expect(pair).toEqual({ onlyFirst: 1, onlySecond: 0, gain: 0.5, halfWidth: 0 });
  });
});

test('the base line copies what came last after the longest run that it knows', () => {
  const model = new CopyModel();
  model.read('const a = first(x);\nlet b = second(y);\n');
  expect(model.write('const c = first(', 10, /\n/)).toBe('x);');
  expect(model.write('  = second(', 10, /\n/)).toBe('y);');
  expect(model.write('nothing known', 10, /\n/)).toBe('');
  model.read('const a = first(z);');
  expect(model.write('const c = first(', 2, /\n/)).toBe('z)');
});

describe('the base line', () => {
  const at = (prefix: string, typed: string): Parameters<Completer['complete']>[0] => ({
    ...{ path: 'a.ts', prefix, typed, suffix: '', maxTokens: 20, singleLine: true },
  });
  const edit = (text: string): Parameters<Completer['settle']>[0] => ({ kind: 'edit', title: 'a.ts', text });

  test.each([
    ['everything', EVERYTHING],
    ['the same text', limitsOfWindow(1024)],
  ])('on %s forgets what it was shown for one completion: the next may ask for just that', async (_, limits) => {
    const base = copyCompleter('base', limits);
    await base.complete(at('const sum = first(second);\n', 'return '));
    expect((await base.complete(at('', 'const sum = '))).text).not.toContain('first');
    await base.settle(edit('a.ts\n+const sum = first(second);'));
    expect((await base.complete(at('', 'const sum = '))).text).toBe('first(second);');
  });

  test('on the same text remembers as much as the window holds, and no more', async () => {
    const base = copyCompleter('base', limitsOfWindow(128));
    await base.settle(edit('a.ts\n+const sum = first(second);'));
    await base.settle(edit(`a.ts\n+${'x'.repeat(100)}`));
    expect((await base.complete(at('', 'const sum = '))).text).toBe('first(second);');
    await base.settle(edit(`a.ts\n+${'y'.repeat(200)}`));
    expect((await base.complete(at('', 'const sum = '))).text).not.toContain('first');
  });
});

test('a remark tells of whom the session is behind, and is silent where it is ahead', () => {
  expect(remarkOn([3, 2, 1, 2])).toEqual({});
  expect(remarkOn([3, 2, 1, 4]).remark).toMatch(/^Behind a 5-gram on everything/);
  expect(remarkOn([3, 4, 5, 6]).remark).toMatch(/do not help here.*Behind a 5-gram on the same text/);
});

describe('typing a line', () => {
  const answering =
    (answers: Readonly<Record<number, string>>, asked: number[] = []) =>
    (typed: number) => {
      asked.push(typed);
      return Promise.resolve({ text: answers[typed] ?? '', evaluated: 3, milliseconds: 1 });
    };

  test('what is right is accepted for one key', async () => {
    const line = await typeLine('  total += price;', 2, answering({ 4: 'tal += price;' }));
    expect(line).toMatchObject({ characters: 15, keys: 3, asked: 3, shown: 1, accepted: 1, evaluated: 9 });
  });

  test('what begins right is typed through without asking, until it is wrong', async () => {
    const asked: number[] = [];
    const line = await typeLine('abcdef', 0, answering({ 0: 'abcx' }, asked));
    expect(asked).toEqual([0, 4, 5]);
    expect(line).toMatchObject({ keys: 6, shown: 1, accepted: 0 });
  });

  test('of what is wrong further on the next word is taken over, if it is one there', async () => {
    const line = await typeLine('return total.price;', 0, answering({ 0: 'return totals.sum' }));
    expect(line).toMatchObject({ shown: 1, accepted: 0, words: 1, keys: 14 });
  });

  test('a single character is not worth the key', async () => {
    expect(await typeLine('ab', 0, answering({ 1: 'b' }))).toMatchObject({ keys: 2, accepted: 0 });
  });
});

test('a replay tells the outline first, asks, and settles what was really written', async () => {
  const told: string[] = [];
  const completer: Completer = {
    name: 'none',
    open: ({ text }) => Promise.resolve(void told.push(text)),
    settle: ({ text }) => Promise.resolve(void told.push(text)),
    complete: ({ typed }) => {
      told.push(`? ${typed}`);
      return Promise.resolve({ text: '', confidence: 0, evaluated: 1, milliseconds: 1 });
    },
  };
  const outcome = await replay(
    [STEP, { ...STEP, before: afterStep(STEP), at: 5, added: [] }],
    completer,
    { seed: 1, capacity: 1024 },
    () => told.push('done'),
  );
  expect(told[0]).toBe('src/cart.ts\n class Cart');
  expect(told.filter((text) => text.startsWith('src/'))).toEqual([
    told[0],
    [
      'src/cart.ts › class Cart',
      ' class Cart {',
      '+  total(): number {',
      '+    const sum = this.prices();',
      '+    return sum;',
      ' }',
    ].join('\n'),
    ['src/cart.ts › class Cart › method total', '     return sum;', '+  }', ' }'].join('\n'),
  ]);
  expect(told.indexOf('done')).toBeGreaterThan(told.findLastIndex((text) => text.startsWith('? ')));
  expect(outcome.asked.map(({ kind, exact, shown }) => [kind, exact, shown])).toEqual([
    ['line', false, false],
    ['line', false, false],
    ['block', false, false],
  ]);
  expect(outcome.typed).toHaveLength(1);
});
