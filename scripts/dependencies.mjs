/** The development dependencies of the clone. */
import { existsSync } from 'node:fs';
import { npm } from './npm.mjs';
import { inRoot, pinnedNode, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { fingerprint, readStamp, writeStamp } from './stamp.mjs';

/** @param {(note: string) => void} note */
export async function installDependencies(note) {
  const stamp = await fingerprint([inRoot('package-lock.json')]);
  if ((await readStamp(inRoot('node_modules'))) === stamp && existsSync(pinnedNode)) return note('up to date');
  note('npm ci');
  // An older npm than 11 does not know `allowScripts` and would run node-llama-cpp's own set-up, which may compile.
  await npm(['ci'], { cwd: root, env: { ...process.env, NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' } });
  if (!existsSync(pinnedNode))
    throw new Problem(
      'npm did not install the Node that Endless is built with: its install scripts seem to be switched off.',
      'Run `npm config set ignore-scripts false`, delete node_modules, then try again.',
    );
  await writeStamp(inRoot('node_modules'), stamp);
}
