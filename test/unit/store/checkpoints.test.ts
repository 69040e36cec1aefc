import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckpointStore, type CheckpointHeader } from '../../../inference/store/checkpoints.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endless-checkpoints-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const header = (at: number): Omit<CheckpointHeader, 'sha256'> => ({
  version: 1,
  model: 'model',
  format: 'format',
  spans: [],
  lastEvent: 0,
  missing: [],
  fingerprint: [],
  at,
});
const state = (bytes: number) => (path: string) => writeFile(path, Buffer.alloc(bytes));
const files = (): string[] => readdirSync(join(folder, 'checkpoints'));

test('a state that is larger than allowed is not kept, and the one before stays', async () => {
  const store = new CheckpointStore(folder, 100);
  expect(await store.write(header(1), state(100))).toBe(100);
  expect(await store.write(header(2), state(101))).toBeUndefined();
  expect((await store.list()).map((checkpoint) => checkpoint.header.at)).toEqual([1]);
  expect(files()).toHaveLength(2);
});

test('what fails while it is written leaves nothing behind', async () => {
  const store = new CheckpointStore(folder, 100);
  const failing = async (path: string): Promise<void> => {
    await writeFile(path, 'half');
    throw new Error('no space left on device');
  };
  await expect(store.write(header(1), failing)).rejects.toThrow('no space left');
  expect(files()).toEqual([]);
  expect(await store.list()).toEqual([]);
});
