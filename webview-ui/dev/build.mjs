// Builds the pages that show the panel and the sink stats without VS Code, see README.md.
import { build } from 'esbuild';
import { copyFile } from 'node:fs/promises';

const outdir = process.argv[2] ?? 'dist/dev';
await build({
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: {
    host: 'webview-ui/dev/fakeHost.ts',
    panel: 'webview-ui/main.tsx',
    fakeStats: 'webview-ui/dev/fakeStats.ts',
    stats: 'webview-ui/stats/main.tsx',
  },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  minify: process.argv.includes('--minify'),
  outdir,
  logLevel: 'warning',
});
for (const page of ['index.html', 'stats.html']) await copyFile(`webview-ui/dev/${page}`, `${outdir}/${page}`);
