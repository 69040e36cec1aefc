/** Lays out in a temporary folder exactly what a VSIX holds. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { productBundles } from '../bundles.mjs';
import { inRoot } from '../paths.mjs';
import { copyBinaries } from './binaries.mjs';
import { withoutDeadLinks } from './links.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { checkPageSizes } from './pageSizes.mjs';
import { packagesOf, runtimePackages } from './runtimePackages.mjs';
import { binariesOf } from './targets.mjs';

const SHIPPED = [
  'l10n',
  'media',
  'models',
  'syntaxes',
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];
/** Of the built-in models the weights and their cards; not what training may have left beside them. */
const OF_MODELS = /(\.gguf|\.md)$/;
/** What a program never reads: maps, type declarations, documentation, and what llama.cpp is compiled from. */
const NEVER_READ = /\.map$|\.d\.[cm]?ts$|\.tsbuildinfo$|(^|\/)(readme|changelog|history)(\.\w+)?$/i;
const LLAMA_SOURCES = /^(templates|llama\/(?!(grammars(\/|$)|[^/]+\.json$)))/;

/**
 * @param {{ folder: string, target: string, temporary: string }} options `folder` must exist and be empty
 * @returns {Promise<{ pages: string }>} what the pages weigh, in words
 */
export async function stage({ folder, target, temporary }) {
  const dist = path.join(folder, 'dist');
  const bundled = await Promise.all(productBundles({ outdir: dist, minify: true }).map((options) => build(options)));
  const pages = checkPageSizes(bundled.map(({ metafile }) => metafile));
  for (const name of SHIPPED)
    if (existsSync(inRoot(name))) await cp(inRoot(name), path.join(folder, name), shippable(name));
  await keepLinksThatLead(folder);
  // Inside dist/, since vsce leaves out a node_modules at the top unless npm vouches for every package in it.
  const modules = path.join(dist, 'node_modules');
  const needed = await runtimePackages();
  for (const name of needed) await copyPackage(name, path.join(dist, name));
  for (const name of binariesOf(target)) await copyBinaries(name, path.join(modules, name), temporary);
  const sources = bundled.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await writeFile(
    path.join(folder, 'THIRD_PARTY_NOTICES.txt'),
    await thirdPartyNotices([...packagesOf(sources), ...needed]),
  );
  await writeManifest(folder);
  return { pages };
}

function shippable(name) {
  const isModel = (file) => path.extname(file) === '' || OF_MODELS.test(file);
  return { recursive: true, filter: name === 'models' ? isModel : undefined };
}

/** Our own pages link to others of the repository, which are not in the package. */
async function keepLinksThatLead(folder) {
  for await (const name of glob(['*.md', 'models/*.md'], { cwd: folder })) {
    const file = path.join(folder, name);
    const isThere = (target) => existsSync(path.resolve(path.dirname(file), target));
    await writeFile(file, withoutDeadLinks(await readFile(file, 'utf8'), isThere));
  }
}

async function copyPackage(name, to) {
  const from = inRoot(name);
  await mkdir(path.dirname(to), { recursive: true });
  await cp(from, to, {
    recursive: true,
    filter(file) {
      const inside = path.relative(from, file).split(path.sep).join('/');
      // Packages inside a package are on the list themselves if they are needed.
      if (inside === 'node_modules' || NEVER_READ.test(inside)) return false;
      return !(name === 'node_modules/node-llama-cpp' && LLAMA_SOURCES.test(inside));
    },
  });
}

const NOT_FOR_VSCODE = 'scripts dependencies devDependencies optionalDependencies overrides allowScripts private'.split(
  ' ',
);

/** What VS Code reads of the manifest; nothing of how the project is built. */
async function writeManifest(folder) {
  const manifest = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  for (const name of NOT_FOR_VSCODE) delete manifest[name];
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
