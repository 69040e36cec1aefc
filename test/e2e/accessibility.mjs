/** axe-core on a page inside a webview. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls rules that belong to the editor around the page, not to the page. */
const OF_WHOLE_PAGES = { 'page-has-heading-one': { enabled: false }, region: { enabled: true } };

/**
 * What is wrong with the page, in words; nothing is what is wanted.
 *
 * @param {import('playwright-core').Frame} frame
 * @returns {Promise<readonly string[]>}
 */
export async function violations(frame) {
  await frame.evaluate(source);
  const found = await frame.evaluate(
    async (rules) => (await globalThis.axe.run(document, { rules })).violations,
    OF_WHOLE_PAGES,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}\n  ${html}\n  ${any.map(({ message }) => message).join(' ')}`),
  );
}
