// Builds the pages that show the panel and the sink stats without VS Code, see README.md.
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { PANEL_PAGE, pageHtml } from './page.mjs';

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
await writeFile(`${outdir}/index.html`, PANEL_PAGE);
await writeFile(`${outdir}/stats.html`, pageHtml({ style: 'stats.css', host: 'fakeStats.js', script: 'stats.js' }));
