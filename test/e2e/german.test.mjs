// A person whose VS Code speaks German: the manifest, the host, the engine and the panel do as well.
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { changeSettings } from '../../scripts/workbench/settings.mjs';
import { machineSettings } from '../../scripts/workbench/server.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('in German', () => {
  let workbench;
  let view;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench({ language: 'de' });
    view = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  });
  after(() => workbench?.close());

  check('the panel speaks German, and the names of things stay what they are', async ({ page }) => {
    await view.getByRole('status', { name: 'Zustand der Engine' }).filter({ hasText: 'Bereit' }).waitFor();
    const composer = view.getByRole('textbox', { name: 'Endless fragen' });
    await composer.fill('Who are you?');
    await composer.press('Enter');
    await view.getByRole('article', { name: 'Endless hat geantwortet' }).filter({ hasText: 'Endless' }).waitFor();
    await view.getByRole('listitem', { name: /^Nachricht Who are you\?, \d+ Token, Position \d+$/ }).waitFor();
    await screenshot(page, 'german-panel');
  });

  check('the commands are German, and so is what they answer', async ({ page, palette }) => {
    await palette.run('Endless: Fenster zurücksetzen');
    await page.locator('.notification-list-item', { hasText: 'Das Fenster wurde zurückgesetzt' }).waitFor();
    await view.getByRole('separator', { name: /^Fenster zurückgesetzt/ }).waitFor();
  });

  check('the engine says in German what is wrong with a model', async ({ page, server, folder }) => {
    const file = path.join(folder, 'missing.gguf');
    await changeSettings(machineSettings(server.profile), {}, { 'endless.model.path': file });
    await view
      .getByRole('alert')
      .filter({ hasText: `Unter ${file} gibt es keine Modelldatei.` })
      .waitFor();
    await view.getByRole('button', { name: 'Mitgeliefertes Modell verwenden' }).waitFor();
    await screenshot(page, 'german-no-model');
  });
});
