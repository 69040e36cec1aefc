/** What the scripts of the pages weigh. VS Code loads a page anew whenever it is shown again. */
import path from 'node:path';
import { Problem } from '../problem.mjs';

const PAGES = ['panel.js', 'stats.js'];

/** Bytes of all pages together, minified. */
const LIMIT = 500_000;

/**
 * @param {readonly { readonly outputs: Record<string, { readonly bytes: number }> }[]} metafiles what esbuild tells
 * @returns {string} the sizes, for people
 */
export function checkPageSizes(metafiles) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.entries(outputs));
  const sizes = PAGES.map((page) => outputs.find(([file]) => path.basename(file) === page)?.[1].bytes ?? 0);
  const text = PAGES.map((page, index) => `${page} ${Math.round(sizes[index] / 1000)} kB`).join(', ');
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) > LIMIT)
    throw new Problem(
      `The pages are too large: ${text}, and ${LIMIT / 1000} kB is the limit for all together.`,
      'See what is in them with esbuild’s `analyzeMetafile`.',
    );
  return text;
}
