/** The binaries of one target: from the clone where npm has installed them, else from the registry. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { npm } from '../npm.mjs';
import { runOrStop } from '../run.mjs';

/** Copies the package `name` to `folder`. */
export async function copyBinaries(name, folder, temporary) {
  const lock = JSON.parse(await readFile(inRoot('package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  await mkdir(path.dirname(folder), { recursive: true });
  const installed = inRoot('node_modules', name);
  if (existsSync(installed)) return cp(installed, folder, { recursive: true });
  await npm(['pack', `${name}@${version}`, '--silent'], { cwd: temporary });
  const archive = path.join(temporary, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  await verify(archive, integrity);
  await runOrStop('tar', ['-xzf', archive], {
    cwd: temporary,
    happened: `${path.basename(archive)} could not be unpacked.`,
    next: () => 'Check that `tar` is on PATH and that the disk is not full, then try again.',
  });
  await rename(path.join(temporary, 'package'), folder);
}

/** @param {string} integrity as in the lockfile: `sha512-…` */
async function verify(archive, integrity) {
  const [algorithm] = integrity.split('-');
  const digest = createHash(algorithm)
    .update(await readFile(archive))
    .digest('base64');
  if (`${algorithm}-${digest}` === integrity) return;
  throw new Problem(
    `${path.basename(archive)} is not the file that package-lock.json names.`,
    'Something between npm and its registry changed it: check the registry setting, then try again.',
  );
}
