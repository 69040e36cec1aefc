/** The windows in which the suite runs: each is a VS Code of its own. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../../scripts/paths.mjs';

/**
 * @typedef {object} TestWindow
 * @property {string} suite folder of `test/workbench/suite` with its tests
 * @property {boolean} trusted
 * @property {Record<string, unknown>} [settings]
 * @property {(folder: string) => Promise<string>} makeWorkspace returns what is opened
 * @property {Record<string, (page: import('playwright-core').Page) => Promise<void>>} [wishes] what a test can have the
 *   person do, by the line that it prints
 */

/** @type {readonly TestWindow[]} */
export const WINDOWS = [
  { suite: '.', trusted: true, makeWorkspace: (folder) => sample(folder, 'workspace') },
  {
    suite: 'multiRoot',
    trusted: true,
    async makeWorkspace(folder) {
      await sample(folder, 'garden');
      await mkdir(path.join(folder, 'shop', 'src'), { recursive: true });
      await writeFile(path.join(folder, 'shop', '.gitignore'), 'private/\n');
      const file = path.join(folder, 'both.code-workspace');
      await writeFile(file, JSON.stringify({ folders: [{ path: 'garden' }, { path: 'shop' }] }));
      return file;
    },
  },
  {
    suite: 'untrusted',
    trusted: false,
    // Nobody is asked; who wants to grant trust opens its page.
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
    makeWorkspace: (folder) => sample(folder, 'workspace'),
    wishes: {
      async 'endless test: trust this workspace'(page) {
        await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
      },
    },
  },
];

async function sample(folder, name) {
  const to = path.join(folder, name);
  await cp(inRoot('sample'), to, { recursive: true });
  return to;
}
