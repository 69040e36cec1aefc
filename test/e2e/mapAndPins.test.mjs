// What the map shows of a span, what stays pinned and what it costs, and a symbol that goes with a question.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('the map, pins and symbols', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await workbench.panel.state('Ready');
  });
  after(() => workbench?.close());

  check('a click on a span shows its text, and its event in the conversation', async ({ page, panel }) => {
    await panel.answerTo('Who are you?');
    await panel.span(/^message Who are you/).click();
    const details = panel.region('Text of the span');
    await details.getByText('<|user|>Who are you?').waitFor();
    await panel.questions.filter({ hasText: 'Who are you?' }).waitFor();
    await screenshot(page, 'map-span-text');
  });

  check(
    'the arrow keys go from span to span, Enter shows the text of one, Escape goes back to it',
    async ({ page, panel }) => {
      // The map is drawn a few times a second: the answer may be there before its span is.
      await panel.span(/^reply/).waitFor();
      await panel.button('Close Span').click();
      const question = panel.span(/^message Who are you/);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const details = panel.region('Text of the span');
      await details.getByText('<|assistant|>').waitFor();
      await page.keyboard.press('ArrowLeft');
      assert.ok(
        await question.evaluate((span) => span === span.ownerDocument.activeElement),
        'the question has the focus',
      );
      await page.keyboard.press('Escape');
      await details.waitFor({ state: 'detached' });
      assert.ok(await question.evaluate((span) => span === span.ownerDocument.activeElement), 'the focus stays');
    },
  );

  check('a note and the outline of the open file are pinned, each with its cost', async ({ page, panel, palette }) => {
    await palette.openFile('weather.ts');
    await type(panel, '/pin prices are in euros');
    await panel.span(/^memory prices are in euros/).waitFor();
    await type(panel, '/pin @file ');
    await panel.span(/^memory src\/weather\.ts/).waitFor();
    await panel.pinned.click();
    const notes = panel.list('Pinned notes').getByRole('listitem');
    assert.deepEqual(
      (await notes.allInnerTexts()).map((text) => text.replace(/\d+/, 'N').split('\n').filter(Boolean)),
      [
        ['prices are in euros', 'N tokens'],
        ['src/weather.ts', 'N tokens'],
      ],
    );
    await panel.span(/^memory src\/weather\.ts/).click();
    await panel.region('Text of the span').getByText('function rainfall').waitFor();
    await screenshot(page, 'pins');
    await panel.button('Close Span').click();
  });

  check('a pin is taken off by its button, and by its words', async ({ page, panel }) => {
    await panel.button('Unpin src/weather.ts').click();
    await panel.separator('Unpinned: src/weather.ts').waitFor();
    await panel.button('Unpin src/weather.ts').waitFor({ state: 'detached' });
    await type(panel, '/unpin euros');
    await panel.separator('Unpinned: prices are in euros').waitFor();
    await panel.list('Pinned notes').waitFor({ state: 'detached' });
    await screenshot(page, 'unpinned');
    await type(panel, '/unpin');
    await panel.notice.filter({ hasText: 'Nothing is pinned' }).waitFor();
  });

  check(
    'of several pins, those that are chosen from a list are taken off; one alone needs no choice',
    async ({ page, panel, palette }) => {
      for (const note of ['tests live beside the code', 'names are English']) {
        await type(panel, `/pin ${note}`);
        await panel.span(new RegExp(`^memory ${note}`)).waitFor();
      }
      await type(panel, '/unpin');
      await palette.choose('names are English');
      await page.getByText('1 Selected').first().waitFor();
      await screenshot(page, 'unpin-list');
      await page.keyboard.press('Enter');
      await panel.separator('Unpinned: names are English').waitFor();
      await panel.span(/^memory tests live beside the code/).waitFor();
      await type(panel, '/unpin');
      await panel.separator('Unpinned: tests live beside the code').waitFor();
      await panel.list('Pinned notes').waitFor({ state: 'detached' });
    },
  );

  check('a symbol is chosen by its name and goes with the question', async ({ page, panel, palette }) => {
    await palette.openFile('weather.ts');
    await panel.composer.fill('');
    await panel.composer.pressSequentially('What is it for? @sym');
    await panel.suggestions.filter({ hasText: '@symbol' }).waitFor();
    await panel.composer.press('Enter');
    const row = page.getByRole('option', { name: 'longestDrought', exact: true });
    await row.waitFor();
    await screenshot(page, 'symbol-list');
    await row.click();
    const chip = panel.chips.filter({ hasText: 'longestDrought · src/weather.ts:' });
    await chip.waitFor();
    assert.match(await chip.innerText(), /\d+ tokens/);
    await screenshot(page, 'symbol-chip');
    await panel.button('Send').click();
    await panel.questions.filter({ hasText: 'longest = Math.max(longest, run)' }).waitFor();
    await panel.answered();
  });

  check('a file that is not open is chosen by its name and goes with the question', async ({ page, panel }) => {
    await panel.composer.fill('');
    await panel.composer.pressSequentially('Read this. @pa');
    await panel.suggestions.filter({ hasText: '@path' }).waitFor();
    await panel.composer.press('Enter');
    const row = page.getByRole('option', { name: /^main\.ts/ });
    await row.waitFor();
    await screenshot(page, 'path-list');
    await row.click();
    await panel.chips.filter({ hasText: 'src/main.ts' }).waitFor();
    await panel.button('Send').click();
    await panel.questions.filter({ hasText: 'src/main.ts' }).waitFor();
    await panel.answered();
  });
});

/** Types a command as a person does and sends it. */
async function type(panel, command) {
  await panel.composer.fill('');
  await panel.composer.pressSequentially(command);
  // With the popup closed, Enter sends.
  await panel.composer.press('Escape');
  await panel.button('Send').click();
}
