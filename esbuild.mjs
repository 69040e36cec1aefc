// Builds dist/ for development; `scripts/package.mjs` builds what is shipped. `--watch` builds again on every change.
import { build, context } from 'esbuild';
import path from 'node:path';
import { productBundles, suiteBundle } from './scripts/bundles.mjs';
import { inRoot, root } from './scripts/paths.mjs';

const suite = await suiteBundle();
const bundles = productBundles({ outdir: inRoot('dist'), minify: false });
if (suite.entryPoints.length > 0) bundles.push(suite);

if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  for (const { metafile } of await Promise.all(bundles.map((options) => build(options))))
    for (const [file, { bytes, entryPoint }] of Object.entries(metafile.outputs))
      if (entryPoint && !entryPoint.startsWith('test'))
        console.log(`${path.relative(root, file)} ${Math.round(bytes / 1024)} kB`);
}
