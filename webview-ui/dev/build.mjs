// Builds the page that shows the panel without VS Code, see README.md.
import { build } from 'esbuild';
import { copyFile } from 'node:fs/promises';

const outdir = process.argv[2] ?? 'dist/dev';
await build({
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: { host: 'webview-ui/dev/fakeHost.ts', panel: 'webview-ui/main.tsx' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  minify: process.argv.includes('--minify'),
  outdir,
  logLevel: 'warning',
});
await copyFile('webview-ui/dev/index.html', `${outdir}/index.html`);
