/**
 * What esbuild makes: the extension (CommonJS, for the extension host), the engine (ESM, for its own process), the panel
 * and the sink stats, and the suite that runs inside the extension host. node-llama-cpp stays outside: it loads its binaries by path.
 */
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { GRAMMAR_FILES, GRAMMAR_RUNTIME } from './grammarFiles.mjs';
import { root } from './paths.mjs';

/** @param {{ outdir: string, minify: boolean }} options `outdir` absolute */
export function productBundles({ outdir, minify }) {
  const common = {
    bundle: true,
    minify,
    sourcemap: minify ? false : 'linked',
    metafile: true,
    logLevel: 'warning',
    outdir,
  };
  const node = { ...common, absWorkingDir: root, platform: 'node', target: 'node22' };
  return [
    {
      ...node,
      entryPoints: { extension: 'extension/extension.ts' },
      format: 'cjs',
      external: ['vscode'],
      // Its ES module needs import.meta, which a CommonJS bundle has not.
      alias: { 'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') },
      outExtension: { '.js': '.cjs' },
    },
    {
      ...node,
      entryPoints: { engine: 'inference/main.ts' },
      format: 'esm',
      external: ['node-llama-cpp'],
      outExtension: { '.js': '.mjs' },
      // vscode-jsonrpc is CommonJS and calls require('child_process') and the like.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    },
    grammars({ ...common, absWorkingDir: root }),
    {
      ...common,
      absWorkingDir: root,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
      entryPoints: { panel: 'webview-ui/main.tsx', stats: 'webview-ui/stats/main.tsx' },
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
    },
  ];
}

/** The grammars, each loaded when a file needs it, and what runs them: copied as they are. */
function grammars(common) {
  return {
    ...common,
    loader: { '.wasm': 'copy' },
    entryPoints: {
      'grammars/runtime': GRAMMAR_RUNTIME,
      ...Object.fromEntries(Object.entries(GRAMMAR_FILES).map(([name, file]) => [`grammars/${name}`, file])),
    },
  };
}

/** The suite of `npm run test:host`, one bundle a file; mocha is found in the clone when it runs. */
export async function suiteBundle() {
  const entryPoints = await Array.fromAsync(glob('test/workbench/suite/**/*.ts', { cwd: root }));
  return {
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    sourcemap: 'inline',
    logLevel: 'warning',
    metafile: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    outbase: 'test/workbench/suite',
    outdir: path.join(root, 'dist', 'test'),
    outExtension: { '.js': '.cjs' },
  };
}
