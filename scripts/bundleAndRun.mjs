/** Bundles a TypeScript program of the clone and runs it: `node scripts/bundleAndRun.mjs bench/main.ts perplexity`. */
import { build } from 'esbuild';
import { pathToFileURL } from 'node:url';
import { inRoot, root } from './paths.mjs';

const [, , entry, ...args] = process.argv;
const outfile = inRoot('dist', 'programs', `${entry.replace(/\.ts$/, '').replaceAll('/', '-')}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
