import { expect, test } from 'vitest';
import { workingDay } from '../../../bench/benchmarks/session/day.js';
import { Peers } from '../../../bench/benchmarks/session/peer.js';
import { saysValue } from '../../../bench/benchmarks/streameval/edits.js';
import { Names } from '../../../bench/benchmarks/streameval/names.js';
import { root } from '../../../bench/root.js';
import { Random } from '../../engine/gguf/random.js';

test('an answer is right when its first number is the value', () => {
  expect(saysValue('maxCacheSize is 512.', 512)).toBe(true);
  expect(saysValue('maxCacheSize is 5120.', 512)).toBe(false);
  expect(saysValue('It was 12, now 512.', 512)).toBe(false);
  expect(saysValue('I do not see it.', 512)).toBe(false);
});

test('names of constants never come twice, even when the words run out, and hold no digits', () => {
  const names = new Names(new Random(1));
  const made = Array.from({ length: 5000 }, () => names.constant());
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((name) => /^[a-z][A-Za-z]+$/.test(name))).toBe(true);
});

test('the same seed draws the same stream', () => {
  const draw = (seed: number): unknown[] => {
    const names = new Names(new Random(seed));
    return [names.constant(), names.path(), names.value()];
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('a working day is the same each time: three edits, a completion in the next line, a question', async () => {
  const first = (await workingDay(root).next()).value;
  expect(first).toEqual((await workingDay(root).next()).value);
  expect(first?.edits).toHaveLength(3);
  expect(first?.completion.prefix.endsWith('\n')).toBe(true);
  expect(first?.completion.suffix.startsWith('\n')).toBe(true);
  expect(first?.question).toBe('What did I change last?');
});

test('peers: once the prompt is full a plain one repeats it, and one that halves it pays now and then', () => {
  const peers = new Peers(100, 0);
  const costs = Array.from({ length: 6 }, () => peers.turn(30, 10));
  expect(costs.map(({ plain }) => plain)).toEqual([40, 80, 110, 110, 110, 110]);
  expect(costs.map(({ keeping }) => keeping)).toEqual([40, 40, 110, 110, 110, 110]);
  expect(costs.map(({ halving }) => halving)).toEqual([40, 40, 60, 40, 60, 40]);
});
