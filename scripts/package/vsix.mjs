/** Makes the VSIX of one target. */
import { createVSIX } from '@vscode/vsce';
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Problem } from '../problem.mjs';
import { vsixFile } from './file.mjs';
import { stage } from './staging.mjs';

/** Bytes: 40 of llama.cpp and VS Code's parts, 30 of the two models. More is a sign that something slipped in. */
const LIMIT = 80e6;

/** @returns {Promise<{ file: string, bytes: number, pages: string }>} */
export async function makeVsix(target) {
  const file = await vsixFile(target);
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'endless-package-'));
  try {
    // Outside the clone: vsce and npm would take the clone's own files and packages into account.
    const folder = path.join(temporary, 'extension');
    await mkdir(folder);
    const { pages } = await stage({ folder, target, temporary });
    const made = path.join(temporary, path.basename(file));
    await createVSIX({
      cwd: folder,
      packagePath: made,
      target,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    const { size } = await stat(made);
    if (size > LIMIT)
      throw new Problem(
        `The package for ${target} would have ${megabytes(size)}, and ${megabytes(LIMIT)} is the limit.`,
        'See what is in it with `unzip -lv` after raising LIMIT in scripts/package/vsix.mjs for a moment.',
      );
    await mkdir(path.dirname(file), { recursive: true });
    await copyFile(made, file);
    return { file, bytes: size, pages };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
