/** Runs a suite inside a real extension host, by the channel that VS Code's own smoke tests use. */
import path from 'node:path';
import { format } from 'node:util';
import { launchChromium } from './chromium.mjs';

/** VS Code ignores development and test paths in an address unless the server was started with this. */
export const SUITE_ARGS = ['--enable-smoke-test-driver'];

/**
 * @param {object} options
 * @param {{ origin: string, addressOf: (workspace: string) => string }} options.server started with SUITE_ARGS
 * @param {string} options.extension absolute folder of the extension
 * @param {string} options.suite absolute file that exports `run(): Promise<void>`
 * @param {string} options.workspace absolute folder
 * @param {Record<string, string>} [options.env] of the extension host
 * @param {number} options.limit milliseconds
 * @param {Record<string, (page: import('playwright-core').Page) => Promise<void>>} [options.wishes] what is done on the page
 *   when the suite prints a line
 * @param {(line: string) => void} options.onConsole what the extension host and the page print
 * @returns {Promise<number>} the exit code of the suite
 */
export async function runSuiteInHost({ server, extension, suite, workspace, env, limit, wishes = {}, onConsole }) {
  const remote = (file) => `vscode-remote://${new URL(server.origin).host}${file.split(path.sep).join('/')}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(suite)],
    ...(env ? [['extensionEnvironment', JSON.stringify(env)]] : []),
  ];
  const address = new URL(server.addressOf(workspace));
  address.searchParams.set('payload', JSON.stringify(payload));
  const browser = await launchChromium();
  let timer;
  try {
    const page = await browser.newPage();
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The suite did not end within ${limit / 1000} s.`)), limit);
      const open = async () => {
        await page.exposeFunction('codeAutomationLog', (_type, args) => {
          const line = format(...args);
          onConsole(line);
          for (const [wish, fulfil] of Object.entries(wishes)) if (line.includes(wish)) fulfil(page).catch(reject);
        });
        await page.exposeFunction('codeAutomationExit', (code) => resolve(code));
        await page.goto(address.href);
      };
      open().catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
