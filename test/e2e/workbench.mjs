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
  const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-e2e-'));
  const workspace = path.join(folder, 'garden');
  await cp(inRoot('sample'), workspace, { recursive: true });
  const server = await startTestServer({
    vsix: await packageFile(),
    // The likeliest token, so that a run is like the one before.
    settings: { 'endless.chat.temperature': 0, ...settings },
    machine,
    trusted,
  });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  // What a language pack sets, whose texts of VS Code itself are not needed here.
  await page.addInitScript((name) => (globalThis._VSCODE_NLS_LANGUAGE = name), language);
  await page.goto(server.addressOf(workspace));
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
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
