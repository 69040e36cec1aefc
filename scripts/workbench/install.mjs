/**
 * The workbench of VS Code for a browser: code-server from npm, run by our own Node. In a folder of its own, since it is
 * no dependency of the extension, and without its install scripts: the native parts that it needs come
 * prebuilt, and two have a stand-in.
 */
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../npm.mjs';
import { inRoot } from '../paths.mjs';
import { fingerprint, readStamp, writeStamp } from '../stamp.mjs';

const folder = inRoot('tools', 'workbench');
const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/** The VS Code server inside code-server: what we start, since code-server around it adds nothing that we use. */
export const serverProgram = path.join(vscode, 'out', 'server-main.js');

/** Parts that come only as C++ to be compiled, which a machine may not be able to do. */
const STAND_INS = ['spdlog', 'native-watchdog'];
const standIn = (name) => path.join(folder, 'stand-ins', `${name}.cjs`);

/** @param {(note: string) => void} note */
export async function installWorkbench(note) {
  const stamp = await fingerprint([path.join(folder, 'package-lock.json'), ...STAND_INS.map(standIn)]);
  if ((await readStamp(path.join(folder, 'node_modules'))) === stamp) return note('up to date');
  note('about 600 MB');
  await npm(['ci', '--ignore-scripts'], { cwd: folder });
  // code-server's own post-install would do these two. Not `npm ci`: its shrinkwrap lacks a package.
  await npm(['install', '--omit=dev', '--ignore-scripts'], { cwd: vscode });
  await npm(['install', '--omit=dev', '--ignore-scripts'], { cwd: path.join(vscode, 'extensions') });
  for (const name of STAND_INS)
    await copyFile(standIn(name), path.join(vscode, 'node_modules', '@vscode', name, 'index.js'));
  await writeStamp(path.join(folder, 'node_modules'), stamp);
}
