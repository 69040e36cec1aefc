/** The VSIX of this machine, made again only when something that goes into it is newer. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, pinnedNode, root } from '../paths.mjs';
import { runOrStop } from '../run.mjs';
import { vsixFile } from './file.mjs';
import { binariesOf, hostTarget } from './targets.mjs';

const INPUTS = [
  ...['extension', 'inference', 'webview-ui', 'l10n', 'media', 'models', 'syntaxes', path.join('scripts', 'package')],
  ...[
    'package.json',
    'package.nls.json',
    'package.nls.de.json',
    'package-lock.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    path.join('scripts', 'bundles.mjs'),
  ],
];

/** The VSIX of this machine, wherever it stands with it. */
export const packageFile = () => vsixFile(hostTarget());

/** @param {(note: string) => void} note */
export async function ensurePackage(note) {
  binariesOf(hostTarget());
  if ((await newest(INPUTS)) < (await changed(await packageFile()))) return note('up to date');
  // By the pinned Node: what makes the package needs a newer one than this script.
  const output = await runOrStop(pinnedNode, [inRoot('scripts', 'package.mjs')], {
    cwd: root,
    happened: 'The package could not be made.',
    next: () => 'The lines above say why. In a fresh clone this is a fault of ours: please report it.',
  });
  note(output.trim().split('\n').at(-1));
}

/** Milliseconds since 1970; 0 for what is not there. */
const changed = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;

async function newest(inputs) {
  const times = await Promise.all(inputs.map((name) => newestIn(inRoot(name))));
  return Math.max(...times);
}

async function newestIn(file) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const entries = await readdir(file);
  return Math.max(found.mtimeMs, ...(await Promise.all(entries.map((name) => newestIn(path.join(file, name))))));
}
