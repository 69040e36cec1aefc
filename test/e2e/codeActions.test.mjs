// The code in an answer: into the clipboard, the file at the cursor, a new file, and as a proposal for a file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { WATERING, withPast } from './history.mjs';
import { openWorkbench } from './workbench.mjs';

suite('the code in an answer', () => {
  let workbench;
  const check = checksOn(() => workbench);
  const proposal = () => workbench.page.getByRole('tab', { name: /proposed by Endless/ });
  const accept = async () => {
    await workbench.page.getByRole('button', { name: 'Accept Proposal' }).click();
    await proposal().waitFor({ state: 'detached' });
  };
  const onDisk = (name) => readFile(path.join(workbench.workspace, name), 'utf8');
  before(async () => {
    workbench = await openWorkbench();
    await withPast(workbench);
  });
  after(() => workbench?.close());

  check('is copied', async ({ page, panel }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.button('Copy').click();
    await panel.view.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });
    // The host writes it, a moment after the panel has asked for that.
    await page.waitForFunction(async (code) => (await navigator.clipboard.readText()) === code, WATERING);
  });

  check('opens as a new file in its language', async ({ page, panel, editor }) => {
    await panel.button('New File').click();
    await page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await page.getByRole('button', { name: 'TypeScript', exact: true }).waitFor();
    assert.equal(await editor.text(), WATERING);
    await screenshot(page, 'code-1-new-file');
  });

  check('goes in at the cursor', async ({ page, panel, palette, editor }) => {
    await palette.openFile('weather.ts');
    await editor.goToEnd();
    await panel.button('Insert at Cursor').click();
    const saved = await editor.save('src/weather.ts');
    assert.ok(saved.endsWith(`}\n${WATERING}`), saved);
    await screenshot(page, 'code-2-inserted');
  });

  check('is a proposal that changes nothing when it is rejected', async ({ page, panel, palette }) => {
    const before = await onDisk('src/garden.ts');
    await palette.openFile('garden.ts');
    await panel.button('Apply as Diff').click();
    await proposal().waitFor();
    await screenshot(page, 'code-3-proposal');
    await page.getByRole('button', { name: 'Reject Proposal' }).click();
    await proposal().waitFor({ state: 'detached' });
    assert.equal(await onDisk('src/garden.ts'), before);
    assert.equal(await page.locator('.tab.dirty', { hasText: 'garden.ts' }).count(), 0);
  });

  check('is accepted but for the change that was taken back', async ({ page, panel, editor }) => {
    await panel.button('Apply as Diff').click();
    const diff = page.locator('.monaco-diff-editor');
    await diff.getByText('0.5').waitFor();
    await diff
      .getByRole('button', { name: /Revert/ })
      .first()
      .click();
    await diff.getByText('0.5').waitFor({ state: 'detached' });
    await screenshot(page, 'code-4-one-taken-back');
    await accept();
    const saved = await editor.save('src/garden.ts');
    assert.ok(saved.includes('let litres = 0;') && saved.includes('return Math.round(litres);'), saved);
  });

  check('is accepted as a whole, and one Undo takes it back', async ({ page, panel, editor }) => {
    const before = await onDisk('src/garden.ts');
    await panel.button('Apply as Diff').click();
    await page.locator('.monaco-diff-editor').getByText('0.5').waitFor();
    await accept();
    assert.ok((await editor.save('src/garden.ts')).includes(`\n${WATERING}\n`));
    await page.keyboard.press('Control+Z');
    assert.equal(await editor.save('src/garden.ts'), before);
  });
});
