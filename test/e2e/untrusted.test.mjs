// A workspace that is not trusted: what the panel says of it, and what stays out of the session.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('a workspace that is not trusted', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench({
      trusted: false,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
    });
  });
  after(() => workbench?.close());

  check('says what works and what does not', async ({ page, panel }) => {
    await panel.state('Ready');
    await panel.notice.filter({ hasText: 'This workspace is not trusted' }).waitFor();
    assert.match(await panel.answerTo('Who are you?'), /Endless/);
    await screenshot(page, 'state-untrusted');
  });

  check('takes nothing of the workspace into the session', async ({ page, panel, palette }) => {
    await palette.openFile('weather.ts');
    await panel.composer.fill('');
    await panel.composer.pressSequentially('/pin @file ');
    await panel.composer.press('Escape');
    await panel.button('Send').click();
    await panel.notice.filter({ hasText: 'nothing of it enters the session' }).waitFor();
    assert.deepEqual(
      (await panel.spanNames()).filter((name) => /^(edit|outline|memory)/.test(name)),
      [],
      'nothing but the talk',
    );
    await screenshot(page, 'state-untrusted-refused');
  });

  check('leads to the trust, and says no more of it once it is given', async ({ page, panel }) => {
    await panel.button('Manage Workspace Trust').click();
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await panel.button('Manage Workspace Trust').waitFor({ state: 'detached' });
    await screenshot(page, 'state-trusted');
  });
});
