/** Remembers what a folder was installed from, so that it is installed again exactly when that has changed. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @param {readonly string[]} files */
export async function fingerprint(files) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

const fileOf = (folder) => path.join(folder, '.endless-stamp');

export const readStamp = (folder) => readFile(fileOf(folder), 'utf8').catch(() => undefined);
export const writeStamp = (folder, stamp) => writeFile(fileOf(folder), stamp);
