// A conversation of many days: what the model no longer sees of it, and how to find one's way in it.
import assert from 'node:assert/strict';
import { readFile, stat, watch } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { violations } from './accessibility.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { NEEDLE, WATERING, withPast } from './history.mjs';
import { inSight } from './inSight.mjs';
import { THEMES, useTheme } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

suite('an old conversation', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await withPast(workbench);
  });
  after(() => workbench?.close());

  check('shows from where on the model can see, and dims what is above', async ({ page, panel }) => {
    await panel.span(/^message Can watering/).waitFor();
    await panel.scrollUpTo(panel.horizon);
    const line = await panel.horizon.boundingBox();
    const above = await Promise.all((await panel.button('Recall').all()).map((button) => button.boundingBox()));
    assert.ok(above.length > 0, 'something is out of sight');
    for (const { y } of above) assert.ok(y < line.y, 'only what is above the line can be recalled');
    await screenshot(page, 'old-1-horizon');
  });

  check('recalls what the model no longer sees', async ({ page, panel }) => {
    await panel.button('Recall').last().click();
    await panel.span(/^recall/).waitFor();
    await panel.button('Scroll to End').click();
    await panel.button(/^Recalled: /).waitFor();
    await screenshot(page, 'old-2-recalled');
  });

  check('finds a word of days ago', async ({ page, panel }) => {
    await panel.composer.click();
    await page.keyboard.press('Control+F');
    await panel.find.and(panel.focused).waitFor();
    await page.keyboard.type(NEEDLE);
    await panel.view.getByRole('search').getByText('1 of 1').waitFor();
    await inSight(panel.questions.filter({ hasText: NEEDLE }));
    await screenshot(page, 'old-3-found');
    await page.keyboard.press('Escape');
    await panel.find.waitFor({ state: 'detached' });
    await panel.composer.and(panel.focused).waitFor();
  });

  check('jumps to a date', async ({ page, panel, palette }) => {
    await palette.run('Endless: Jump to Date in Conversation');
    await palette.answer('A day, such as', '6');
    await inSight(panel.questions.filter({ hasText: 'Day 6: how much water does bed 0 need?' }));
    await screenshot(page, 'old-4-date');
  });

  check('stays where one reads when the engine dies and comes back', async ({ panel, engine }) => {
    engine.kill();
    await panel.alert.waitFor();
    await panel.state('Ready');
    await inSight(panel.questions.filter({ hasText: 'Day 6: how much water does bed 0 need?' }));
  });

  check('comes back as it was after it was hidden, and after a reload', async ({ page, panel }) => {
    const read = panel.questions.filter({ hasText: 'Day 6: how much water does bed 0 need?' });
    await panel.composer.fill('Half a question');
    await page.getByRole('tab', { name: /^Explorer/ }).click();
    await panel.composer.waitFor({ state: 'hidden' });
    await panel.tab.click();
    await inSight(read);
    assert.equal(await panel.composer.inputValue(), 'Half a question');
    while (!(await page.evaluate(isKept, 'Half a question')));
    await page.reload();
    await inSight(read);
    assert.equal(await panel.composer.inputValue(), 'Half a question');
    await panel.state('Ready');
    await panel.composer.fill('');
    await panel.button('Scroll to End').click();
  });

  check('recalls an earlier question with Up, and asks one again in other words', async ({ page, panel }) => {
    await panel.composer.focus();
    await page.keyboard.press('ArrowUp');
    assert.equal(await panel.composer.inputValue(), 'Can watering be clearer?');
    await panel.composer.fill('');
    const asked = panel.questions.filter({ hasText: 'Can watering be clearer?' });
    await asked.hover();
    await asked.getByRole('button', { name: 'Edit and Ask Again' }).click();
    await panel.composer.and(panel.focused).waitFor();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Briefly: ');
    await page.keyboard.press('Enter');
    await panel.questions.filter({ hasText: 'Briefly: Can watering be clearer?' }).waitFor();
    await panel.answered();
  });

  check('goes to Markdown, oldest first', async ({ palette, workspace }) => {
    const name = 'endless-transcript.md';
    const written = changed(workspace, name);
    await palette.run('Endless: Export Transcript to Markdown');
    await palette.accept(name);
    await written;
    const text = await readFile(path.join(workspace, name), 'utf8');
    const places = ['Day 9:', 'Day 3:', NEEDLE, 'Day 1:', WATERING, 'Briefly:'].map((part) => text.indexOf(part));
    assert.ok(!places.includes(-1), `all is there: ${places}`);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  for (const [theme, colours] of Object.entries(THEMES))
    check(`is legible in ${theme}`, async (workbench) => {
      const { page, panel } = workbench;
      await useTheme(workbench, await panel.document(), colours);
      await (await panel.document()).evaluate(showGround);
      await panel.scrollUpTo(panel.horizon);
      assert.deepEqual(await violations(await panel.document()), []);
      await screenshot(page, `old-5-horizon-${theme}`);
      await panel.button('Scroll to End').click();
      assert.deepEqual(await violations(await panel.document()), []);
      await screenshot(page, `old-5-end-${theme}`);
    });
});

/** Resolves once a file of the folder has been written. */
async function changed(folder, name) {
  for await (const { filename } of watch(folder))
    if (filename === name && (await stat(path.join(folder, name))).size > 0) return;
}

/** In the page: the side bar's colour shines through that of the panel, where axe-core cannot see it. */
function showGround() {
  document.documentElement.style.background = 'var(--vscode-sideBar-background)';
}

/** In the page: whether the workbench has stored a text. In a browser it does so every few seconds, not when it ends. */
async function isKept(text) {
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    const values = [];
    for (const store of database.objectStoreNames)
      values.push(...(await done(database.transaction(store).objectStore(store).getAll())));
    database.close();
    if (values.some((value) => String(value).includes(text))) return true;
  }
  return false;

  function done(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}
