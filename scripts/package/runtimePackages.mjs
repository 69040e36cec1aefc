/** The packages that node-llama-cpp can reach by an import, and so the only ones that it needs beside it. */
import { build } from 'esbuild';
import path from 'node:path';
import { inRoot, root } from '../paths.mjs';

/** Found on the way but never needed: builds from source, Electron's own module, the binaries (they come by target). */
const LEFT_OUT = ['typescript', 'electron', '@node-llama-cpp/*', '@reflink/*'];

/** @returns {Promise<readonly string[]>} folders, relative to the clone, nested ones too: `node_modules/a/node_modules/b` */
export async function runtimePackages() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [inRoot('node_modules', 'node-llama-cpp', 'dist', 'index.js')],
    outdir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: LEFT_OUT,
  });
  return packagesOf(Object.keys(metafile.inputs));
}

/** The package folder of each file that lies in one, once, sorted. */
export function packagesOf(files) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  const found = files.map((file) => folder.exec(file.split(path.sep).join('/'))?.[0]);
  return [...new Set(found.filter((name) => name !== undefined))].sort();
}
