import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { measureStorage } from '../../../inference/store/measureStorage.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endless-storage-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, bytes: number): void => writeFileSync(join(folder, name), Buffer.alloc(bytes));

describe('measureStorage', () => {
  test('finds nothing where nothing is', async () => {
    expect(await measureStorage(join(folder, 'nowhere'))).toEqual({ journal: 0, checkpoints: 0, checkpointCount: 0 });
  });

  test('counts what belongs to the database as journal, and headers and states as checkpoints', async () => {
    write('journal.db', 4096);
    write('journal.db-wal', 500);
    write('owner.db', 9999);
    mkdirSync(join(folder, 'checkpoints'));
    for (const [name, bytes] of Object.entries({ '1.json': 10, '1.kv': 1000, '2.json': 20, '2.kv': 2000 }))
      write(join('checkpoints', name), bytes);
    utimesSync(join(folder, 'checkpoints', '1.json'), 100, 100);
    utimesSync(join(folder, 'checkpoints', '2.json'), 200, 200);
    expect(await measureStorage(folder)).toEqual({
      journal: 4596,
      checkpoints: 3030,
      checkpointCount: 2,
      newestCheckpoint: 200_000,
    });
  });
});
