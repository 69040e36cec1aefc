/** The machine's own Chromium or Chrome, for the workbench in a browser. */
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | undefined} */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...onPath, ...USUAL].find((file) => file && existsSync(file));
}

export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found: install `chromium`, or set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: [
      // Root may not run Chromium's sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
