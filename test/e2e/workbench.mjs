/** One VS Code with the packaged extension, and one page on it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packageFile } from '../../scripts/package/ensure.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { launchChromium } from '../workbench/chromium.mjs';
import { startTestServer } from '../workbench/testServer.mjs';
import { Editor } from './editor.mjs';
import { Engine } from './engine.mjs';
import { Palette } from './palette.mjs';
import { Panel } from './panel.mjs';
import { SinkStats } from './sinkStats.mjs';

/** Milliseconds that any one thing may take to show itself, on a machine with other work to do. */
const PATIENCE = 60_000;

/**
 * @param {{ settings?: Record<string, unknown>, machine?: Record<string, unknown>, language?: string, trusted?: boolean }} [options]
 */
export async function openWorkbench({ settings = {}, machine = {}, language = 'en', trusted = true } = {}) {
  // Closed in reverse order, also when a later part cannot be opened: a server that is left behind keeps the run alive.
  const parts = [];
  const close = async () => {
    for (const closePart of parts.reverse()) await closePart();
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-e2e-'));
    parts.push(() => rm(folder, { recursive: true, force: true }));
    const workspace = path.join(folder, 'garden');
    await cp(inRoot('sample'), workspace, { recursive: true });
    const server = await startTestServer({
      vsix: await packageFile(),
      // The likeliest token, so that a run is like the one before.
      settings: { 'endless.chat.temperature': 0, ...settings },
      machine,
      trusted,
    });
    parts.push(() => server.stop());
    const browser = await launchChromium();
    parts.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    // What a language pack sets, whose texts of VS Code itself are not needed here.
    await page.addInitScript((name) => (globalThis._VSCODE_NLS_LANGUAGE = name), language);
    await page.goto(server.addressOf(workspace));
    return facets({ server, page, folder, workspace, close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same with what is to be seen on the page. */
function facets({ server, page, folder, workspace, close }) {
  const palette = new Palette(page);
  return {
    ...{ server, page, folder, workspace, close },
    panel: new Panel(page),
    palette,
    stats: new SinkStats(page, palette),
    editor: new Editor(page, workspace),
    engine: new Engine(server),
  };
}
