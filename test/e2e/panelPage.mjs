/** The panel as it is shipped, in a page of its own: without VS Code, with a host that plays scenarios. */
import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { productBundles } from '../../scripts/bundles.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { PANEL_PAGE } from '../../webview-ui/dev/page.mjs';

const outdir = inRoot('dist', 'e2e', 'panel');

/** Builds the panel with the very options of the package, and the host beside it. */
export async function buildPanelPage() {
  const shipped = productBundles({ outdir, minify: true }).find(({ entryPoints }) => 'panel' in entryPoints);
  const host = { entryPoints: { host: 'webview-ui/dev/fakeHost.ts' }, bundle: true, format: 'iife', target: 'es2022' };
  await Promise.all([
    build({ ...shipped, entryPoints: { panel: shipped.entryPoints.panel } }),
    build({ ...host, absWorkingDir: inRoot(), outdir, logLevel: 'warning' }),
  ]);
  await writeFile(`${outdir}/index.html`, PANEL_PAGE);
}

/** @param {string} scenario of `webview-ui/dev/scenarios.ts` @param {string} theme of `webview-ui/dev/themes.ts` */
export const panelAddress = (scenario, theme = 'dark') =>
  `${pathToFileURL(`${outdir}/index.html`).href}#${scenario},${theme}`;
