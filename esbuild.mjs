// Bundles: the extension (CommonJS, for the extension host), the engine (ESM, for its own process), the panel, the
// suite that runs inside the extension host. node-llama-cpp stays outside: it loads its binaries by path.
import { build, context } from 'esbuild';
import { glob, mkdir } from 'node:fs/promises';

const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');
const common = { bundle: true, sourcemap: minify ? false : 'linked', minify, logLevel: 'warning', metafile: true };
const node = { ...common, platform: 'node', target: 'node22' };

async function hostTests() {
  const entries = [];
  for await (const file of glob('test/workbench/suite/**/*.ts')) entries.push(file);
  return entries;
}

const bundles = [
  {
    ...node,
    entryPoints: { extension: 'extension/extension.ts' },
    format: 'cjs',
    external: ['vscode'],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    entryPoints: { engine: 'inference/main.ts' },
    format: 'esm',
    external: ['node-llama-cpp'],
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    // vscode-jsonrpc is CommonJS and calls require('child_process') and the like.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: { panel: 'webview-ui/main.tsx' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir: 'dist',
  },
];
const tests = await hostTests();
if (tests.length > 0 && !minify)
  bundles.push({
    ...node,
    entryPoints: tests,
    format: 'cjs',
    external: ['vscode', 'mocha'],
    outdir: 'dist/test',
    outExtension: { '.js': '.cjs' },
  });

await mkdir('dist', { recursive: true });
if (watch) for (const options of bundles) await (await context(options)).watch();
else {
  for (const result of await Promise.all(bundles.map((options) => build(options))))
    for (const [file, { bytes }] of Object.entries(result.metafile.outputs))
      if (/dist\/[a-z]+\.(cjs|mjs|js|css)$/.test(file)) console.log(`${file} ${(bytes / 1024).toFixed(0)} kB`);
}
