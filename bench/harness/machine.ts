import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { arch, cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readModelLayout } from './modelLayout.js';

/** What the figures depend on besides the code. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly architecture: string;
  readonly node: string;
  readonly nodeLlamaCpp: string;
}

export interface ModelFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** See modelLayout.ts. */
  readonly layout?: string | undefined;
}

export async function readMachine(root: string): Promise<Machine> {
  const manifest = JSON.parse(await readFile(join(root, 'node_modules/node-llama-cpp/package.json'), 'utf8')) as {
    readonly version: string;
  };
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    architecture: arch(),
    node: process.versions.node,
    nodeLlamaCpp: manifest.version,
  };
}

export async function readModelFile(path: string): Promise<ModelFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return {
    file: basename(path),
    bytes: (await stat(path)).size,
    sha256: hash.digest('hex'),
    layout: await readModelLayout(path),
  };
}

/** Bytes of memory that the process holds. */
export const residentBytes = (): number => process.memoryUsage.rss();
