/** What a run leaves behind to look at. */
import path from 'node:path';
import { inRoot } from '../../scripts/paths.mjs';

export const screenshots = inRoot('artifacts', 'screenshots');
export const logs = inRoot('artifacts', 'logs', 'e2e');

/** @param {import('playwright-core').Page} page @param {string} name */
export const screenshot = (page, name) => page.screenshot({ path: path.join(screenshots, `${name}.png`) });
