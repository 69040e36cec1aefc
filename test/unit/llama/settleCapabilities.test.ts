import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProbedSequence } from '../../../inference/llama/probe.js';
import { settleCapabilities } from '../../../inference/llama/settleCapabilities.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endless-verdicts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A device without memory left: the real one would have to be filled first. */
const failing = {
  length: 0,
  counters: { unasked: 0 },
  clear: () => Promise.resolve(),
  append: () => Promise.reject(new Error('Eval has failed')),
} as unknown as ProbedSequence;

const settle = (sequence = failing): ReturnType<typeof settleCapabilities> =>
  settleCapabilities({
    gate: { shift: true, rollBack: true, learnedSinks: false },
    sequence,
    vocabulary: { bos: 1, encode: (text) => Array.from(text, (_, index) => index) },
    place: { folder, depends: ['model'] },
    coarseKeys: false,
    log: () => undefined,
  });

test('a trial that fails decides for its own start alone', async () => {
  expect(await settle()).toMatchObject({
    shift: false,
    rollBack: false,
    reason: expect.stringContaining('Eval has failed') as string,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('and leaves what was known of earlier ends of the process', async () => {
  // One that is under way has a note, whose name is its own affair.
  void settle({ ...failing, append: () => new Promise<never>(() => undefined) });
  await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(1);
  const [name] = readdirSync(folder);
  const once = { state: 'settled', verdict: { shift: false, rollBack: true, reason: 'it ended' }, deaths: 1 };
  writeFileSync(join(folder, name!), JSON.stringify(once));
  await settle();
  expect(JSON.parse(readFileSync(join(folder, name!), 'utf8'))).toEqual(once);
});
