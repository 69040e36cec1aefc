/** Starts Chromium for the workbench in a browser. */
import { chromium } from 'playwright-core';
import { findChromium } from './findChromium.mjs';

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
