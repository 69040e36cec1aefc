import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
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
const write = async (store: CheckpointStore, at: number, bytes: number): Promise<number | undefined> =>
  (await store.write(header(at), state(bytes)))?.();
const files = (): string[] => readdirSync(join(folder, 'checkpoints'));

test('a state that is larger than allowed is not kept, and the one before stays', async () => {
  const store = new CheckpointStore(folder, 100);
  expect(await write(store, 1, 100)).toBe(100);
  expect(await write(store, 2, 101)).toBeUndefined();
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

test('one that cannot be finished leaves nothing behind either', async () => {
  const store = new CheckpointStore(folder, 100);
  const keep = await store.write(header(1), state(10));
  // In the place of the header: it cannot be renamed over a folder that holds something.
  await mkdir(join(folder, 'checkpoints', `${'1'.padStart(15, '0')}.json`, 'in the way'), { recursive: true });
  await expect(keep?.()).rejects.toThrow();
  expect(files()).toEqual(['000000000000001.json']);
});

test('what the end of the process left half done is removed; what is whole, and what ended it, stays', async () => {
  const store = new CheckpointStore(folder, 100);
  await write(store, 1, 10);
  const whole = files();
  for (const left of ['2.kv.part', '3.json.part', '4.kv', '5.kv', '5.json.part'])
    await writeFile(join(folder, 'checkpoints', left), 'half');
  await store.sweep();
  expect(files()).toEqual(whole);
  expect(await store.list()).toHaveLength(1);
});

test('the clock may go back: what was saved last is the newest, and stays', async () => {
  const store = new CheckpointStore(folder, 100);
  for (const at of [1000, 2000, 500, 600]) await write(store, at, 10);
  expect((await store.list()).map((checkpoint) => checkpoint.header.at)).toEqual([600, 500]);
});

test('an orderly end while a state is read gives it back to the next start; a death does not', async () => {
  const store = new CheckpointStore(folder, 100);
  await write(store, 1, 10);
  const [checkpoint] = await store.list();
  const others = process.listeners('exit');
  const never = new Promise<never>(() => undefined);
  const ours = await new Promise<NodeJS.ExitListener[]>((resolve) => {
    void store.loading(checkpoint!, () => {
      resolve(process.listeners('exit').filter((listener) => !others.includes(listener)));
      return never;
    });
  });
  expect(files().some((file) => file.endsWith('.loading'))).toBe(true);
  for (const listener of ours) {
    process.off('exit', listener);
    listener.call(process, 0);
  }
  expect(files().some((file) => file.endsWith('.loading'))).toBe(false);
  expect(await store.list()).toHaveLength(1);
  expect(await new CheckpointStore(folder, 100).discardFatal()).toBe(0);
});
