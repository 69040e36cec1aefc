import { expect, test } from 'vitest';
import { memoryRemark } from '../../../bench/benchmarks/millions/report.js';
import { bytesInUse } from '../../../bench/harness/memory.js';

const MIB = 2 ** 20;

/** What a test keeps, away from its stack, where V8 might still find it. */
const kept: (number[] | Buffer)[] = [];
const keep = (): void => {
  kept.push(
    Array.from({ length: 4 * MIB }, (_, at) => at + 0.5),
    Buffer.alloc(32 * MIB, 1),
  );
};
const drop = (): void => {
  kept.length = 0;
};

test('what is kept is in use, of objects and of buffers; garbage is not', () => {
  const before = bytesInUse();
  keep();
  expect(bytesInUse() - before).toBeGreaterThan(60 * MIB);
  drop();
  expect(Math.abs(bytesInUse() - before)).toBeLessThan(8 * MIB);
});

test('a leak is told by its size, and noise is none', () => {
  expect(memoryRemark(100 * MIB, 200 * MIB, 2 ** 20).remark).toContain('not flat: 100 bytes');
  expect(memoryRemark(100 * MIB, 104 * MIB, 2 ** 20).remark).not.toContain('not flat');
  expect(memoryRemark(100 * MIB, 80 * MIB, 2 ** 20).remark).not.toContain('not flat');
});
