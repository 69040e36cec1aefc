import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readTrainingPackages } from './trainingSplit.js';

/** A source file of a pinned dependency. */
export interface Source {
  readonly package: string;
  /** Inside the package, with `/`. */
  readonly path: string;
  readonly text: string;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optional?: boolean;
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const NOT_WRITTEN_BY_HAND = /\.min\.|[.-]bundle\.|\.umd\.|\.map$/;

/** Characters: shorter ones are re-exports, longer ones are built. */
const LEAST = 200;
const MOST = 300_000;

/**
 * Sources of the project's pinned dependencies in the order of the lockfile, then of their paths: real code that is the
 * same in every clone. Left out: packages that the built-in models were trained on, packages of one platform only,
 * copies, and what no person wrote (long lines).
 */
export async function* readSources(root: string): AsyncGenerator<Source> {
  const lockfile = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
  const trained = await readTrainingPackages(root);
  const seen = new Set<string>();
  for (const [folder, locked] of Object.entries(lockfile.packages)) {
    const name = packageName(folder);
    if (name === undefined || trained.has(name) || locked.optional === true) continue;
    if (locked.os !== undefined || locked.cpu !== undefined) continue;
    for (const path of await sourcePaths(join(root, folder))) {
      const text = await readFile(join(root, folder, path), 'utf8');
      if (!isHandwritten(text)) continue;
      const hash = createHash('sha256').update(text).digest('base64');
      if (seen.has(hash)) continue;
      seen.add(hash);
      yield { package: name, path, text };
    }
  }
}

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export const packageName = (folder: string): string | undefined =>
  folder.includes('node_modules/') ? folder.split('node_modules/').at(-1) : undefined;

export function isHandwritten(text: string): boolean {
  if (text.length < LEAST || text.length > MOST || text.includes('\uFFFD')) return false;
  const lines = text.split('\n');
  return text.length / lines.length <= 90 && lines.every((line) => line.length <= 600);
}

async function sourcePaths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name) && !NOT_WRITTEN_BY_HAND.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}
