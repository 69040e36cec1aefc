/** Where the VSIX of a target lies. */
import { readFile } from 'node:fs/promises';
import { inRoot } from '../paths.mjs';

/** @param {string} target */
export async function vsixFile(target) {
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  return inRoot('dist', 'vsix', `endless-${target}-${version}.vsix`);
}
