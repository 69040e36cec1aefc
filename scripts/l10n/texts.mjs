/**
 * All texts that a person meets, found in the sources by VS Code's own tool, and the bundles that translate them.
 *
 * The tool knows `l10n.t` of `vscode` and of `@vscode/l10n`. The pages call the latter as plain `t`, through a module of
 * their own; it is shown to the tool as what it stands for.
 */
import { getL10nJson } from '@vscode/l10n-dev';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, root } from '../paths.mjs';

const SOURCES = ['extension/**/*.ts', 'inference/**/*.ts', 'webview-ui/**/*.{ts,tsx}'];
const NOT_SHIPPED = ['webview-ui/dev/'];

const OWN_IMPORT = /^import \{ t \} from '[./]+l10n\.js';$/m;

/** @returns {Promise<Record<string, string>>} the content of `bundle.l10n.json`, in the order of the alphabet */
export async function textsOfSources() {
  const files = await Array.fromAsync(glob(SOURCES, { cwd: root }));
  const read = files
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !NOT_SHIPPED.some((folder) => file.startsWith(folder)))
    .map(async (file) => ({
      extension: path.extname(file),
      contents: asTheToolKnowsIt(await readFile(inRoot(file), 'utf8')),
    }));
  return sorted(await getL10nJson(await Promise.all(read)));
}

export function asTheToolKnowsIt(source) {
  if (!OWN_IMPORT.test(source)) return source;
  return source.replace(OWN_IMPORT, "import * as l10n from '@vscode/l10n';").replace(/(?<![\w.$'"`])t\(/g, 'l10n.t(');
}

export const BUNDLE = 'l10n/bundle.l10n.json';

/** @param {string} name */
export const readTexts = async (name) => JSON.parse(await readFile(inRoot(name), 'utf8'));

/** What a translation lacks, what it need not have, and where its places (`{0}`) differ. */
export function problemsOf(texts, translation) {
  const lacking = Object.keys(texts).filter((key) => typeof translation[key] !== 'string' || translation[key] === '');
  const needless = Object.keys(translation).filter((key) => !(key in texts));
  const misplaced = Object.keys(texts).filter(
    (key) => key in translation && placesOf(texts[key]) !== placesOf(translation[key]),
  );
  return { lacking, needless, misplaced };
}

const placesOf = (text) => [...new Set(String(text).match(/\{\d+\}/g))].sort().join();

const sorted = (texts) => Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
