import { expect, test } from 'vitest';
import { speedAtEnd } from '../../../bench/benchmarks/millions/report.js';

const flat = Array.from({ length: 40 }, (_, at) => 1500 - (at % 5) * 10);

test('a flat speed is one by both measures', () => {
  expect(speedAtEnd(flat)).toEqual({ here: '1.00 ×; 1.00 ×' });
});

test('stretches that other programs slowed at the end are told as that', () => {
  const { here, remark } = speedAtEnd([...flat.slice(0, -4), 1200, 1100, 1100, 900]);
  expect(here).toBe('0.75 ×; 1.00 ×');
  expect(remark).toMatch(/Other programs/);
});

test('a cache that grows slow is slow by both, and nothing is blamed on other programs', () => {
  const { here, remark } = speedAtEnd(flat.map((speed, at) => speed * (1 - at / 80)));
  expect(here).toBe('0.55 ×; 0.64 ×');
  expect(remark).toBeUndefined();
});
