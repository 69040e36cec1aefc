import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The clone's folder, whether this runs from its source or from a bundle. */
export const root = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json')) && existsSync(join(folder, 'inference'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The benchmarks run inside a clone of the project');
  return findRoot(parent);
}
