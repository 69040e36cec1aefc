import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageView } from '../views.js';

/** Adds up what a session takes on the disk. Files that vanish meanwhile, or that are not there yet, count nothing. */
export async function measureStorage(folder: string): Promise<StorageView> {
  const [journal, checkpoints] = await Promise.all([
    filesOf(folder, 'journal.db'),
    filesOf(join(folder, 'checkpoints')),
  ]);
  const headers = checkpoints.filter(({ name }) => name.endsWith('.json'));
  return {
    journal: totalSize(journal),
    checkpoints: totalSize(checkpoints),
    checkpointCount: headers.length,
    ...(headers.length === 0 ? {} : { newestCheckpoint: Math.max(...headers.map(({ mtimeMs }) => mtimeMs)) }),
  };
}

interface MeasuredFile {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What is not there yet, or has gone meanwhile, takes no room. */
async function filesOf(folder: string, prefix = ''): Promise<MeasuredFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix));
  const found = await Promise.all(
    names.map(async (name) => {
      const stats = await stat(join(folder, name)).catch(() => undefined);
      return stats?.isFile() === true ? [{ name, size: stats.size, mtimeMs: stats.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

const totalSize = (files: readonly MeasuredFile[]): number => files.reduce((sum, { size }) => sum + size, 0);
