// From the editor into the chat: commands about the selection, what goes with a question, menu, lightbulb, walkthrough.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

const TASKS = { explain: 'Explain this code.', fix: 'Find what is wrong', test: 'Write tests', doc: 'Write the doc' };
/** Of each step of the walkthrough: words of its picture. */
const PICTURES = ['The model can see from here', 'Tab', 'What the model can see', 'GGUF'];

suite('from the editor into the chat', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await workbench.panel.state('Ready');
    await workbench.palette.openFile('garden.ts');
  });
  after(() => workbench?.close());

  check('typing / shows the commands, and /help tells of them', async ({ page, panel }) => {
    await panel.composer.fill('/');
    await panel.suggestions.first().waitFor();
    await screenshot(page, 'entry-1-commands');
    const offered = await panel.suggestions.allInnerTexts();
    for (const name of [...Object.keys(TASKS), 'pin', 'reset', 'stats', 'help'])
      assert.ok(
        offered.some((text) => text.startsWith(`/${name}`)),
        name,
      );
    await panel.composer.press('Escape');
    await panel.suggestions.first().waitFor({ state: 'detached' });
    await panel.command('/help');
    await panel.notice.filter({ hasText: '@selection' }).waitFor();
    await panel.button('Dismiss').click();
  });

  check('/explain without a selection says what is missing, and keeps the words', async ({ panel }) => {
    await panel.command('/explain');
    await panel.notice.filter({ hasText: 'Select the code in an editor first' }).waitFor();
    await panel.button('Dismiss').click();
    assert.equal(await panel.composer.inputValue(), '');
    await panel.command('/explain the rounding');
    await panel.notice.filter({ hasText: 'Select the code in an editor first' }).waitFor();
    await panel.button('Dismiss').click();
    assert.equal(await panel.composer.inputValue(), '/explain the rounding');
    await panel.composer.fill('');
    assert.equal(await panel.questions.count(), 0);
  });

  check('the keyboard alone reaches all of the panel', async ({ page, panel, palette }) => {
    await palette.type('Endless: Ask');
    await panel.composer.and(panel.focused).waitFor();
    await page.keyboard.type('Who are you?');
    await page.keyboard.press('Enter');
    await panel.answers.waitFor();
    await panel.answered();
    const wanted = ['Copy Answer', 'Edit and Ask Again', 'Conversation', /^sink|^system|^outline|^message|^reply/];
    for (const name of wanted)
      while (!(await panel.focused.evaluate((element, named) => element.ariaLabel?.match(named), name)))
        await page.keyboard.press('Shift+Tab');
    await screenshot(page, 'entry-2-keyboard');
    await page.keyboard.press('Home');
    assert.match(await panel.focused.getAttribute('aria-label'), /^sink/);
    await page.keyboard.press('ArrowRight');
    assert.match(await panel.focused.getAttribute('aria-label'), /^system/);
    await palette.type('Endless: Ask');
    await panel.composer.and(panel.focused).waitFor();
  });

  check('/explain, /fix, /test and /doc ask about the selection', async ({ page, panel, editor }) => {
    await editor.selectLines('export function thirstOf', 3);
    for (const [name, question] of Object.entries(TASKS)) {
      await panel.command(`/${name}`);
      const asked = panel.questions.filter({ hasText: question });
      await asked.waitFor();
      assert.match(await asked.innerText(), /src\/garden\.ts:19-21\s+export function thirstOf/);
      await panel.answered();
    }
    await screenshot(page, 'entry-2-asked');
  });

  check('@ attaches the file, the selection and the problems, with what each costs', async ({ page, panel }) => {
    await panel.composer.pressSequentially('Is this right? @sel');
    await page.keyboard.press('Enter');
    const chip = panel.chips.filter({ hasText: 'src/garden.ts:19-21' });
    await chip.waitFor();
    assert.match(await chip.innerText(), /\d+ tokens/);
    await page.keyboard.type('@file');
    await page.keyboard.press('Enter');
    await panel.chips.nth(1).waitFor();
    await screenshot(page, 'entry-3-attached');
    await panel.button('Remove src/garden.ts').click();
    assert.equal(await panel.chips.count(), 1);
    await panel.composer.and(panel.focused).waitFor();
    await page.keyboard.type('@problems');
    await page.keyboard.press('Enter');
    await panel.notice.filter({ hasText: 'src/garden.ts has no problems' }).waitFor();
    await panel.button('Dismiss').click();
    await panel.composer.press('Enter');
    await panel.questions.filter({ hasText: /Is this right\?[^]*export function thirstOf/ }).waitFor();
    await panel.answered();
    assert.equal(await panel.chips.count(), 0);
  });

  check('a text that is too large says so before it is sent', async ({ page, panel }) => {
    await panel.composer.fill('Once more, with feeling. '.repeat(600));
    await panel.view.getByText(/tokens are too many: the window has room for/).waitFor();
    assert.ok(await panel.button('Send').isDisabled());
    await screenshot(page, 'entry-4-too-large');
    await panel.composer.fill('');
  });

  check('the menu of the editor attaches the selection', async ({ page, panel, editor }) => {
    await editor.selectLines('export function thirstOf', 3);
    await page.keyboard.press('Shift+F10');
    // A menu takes a click only after a moment, for the one that has opened it not to count: a person's is long enough.
    await page.getByRole('menuitem', { name: 'Ask Endless About This' }).click({ delay: 200 });
    await panel.chips.filter({ hasText: 'src/garden.ts:19-21' }).waitFor();
    await panel.composer.and(panel.focused).waitFor();
    await panel.button('Remove src/garden.ts:19-21').click();
  });

  check('the lightbulb of a problem explains it', async ({ page, panel, editor, palette }) => {
    await palette.openFile('main.ts');
    await editor.goToEnd();
    await editor.insert('const weeks: number = lavender;');
    await page.locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('F8');
    // The cursor moves to the problem with it, which would close the list again.
    await page.locator('.marker-widget').getByText("Type 'Plant'").waitFor();
    await page.keyboard.press('Control+.');
    const explain = page.getByRole('option', { name: /Explain This Problem with Endless/ });
    await explain.waitFor();
    await screenshot(page, 'entry-5-lightbulb');
    await explain.click();
    await panel.questions.filter({ hasText: /Explain this problem in line \d+: Type 'Plant'/ }).waitFor();
    await panel.answered();
  });

  check('/pin keeps a note in the window, which /reset leaves there', async ({ page, panel }) => {
    await panel.command('/pin Water in the evening.');
    await panel.span(/^memory Water in the evening/).waitFor();
    await panel.command('/reset');
    await panel.separator(/^Window reset/).waitFor();
    await panel
      .span(/^message/)
      .first()
      .waitFor({ state: 'detached' });
    assert.equal(await panel.span(/^memory Water in the evening/).count(), 1);
    await screenshot(page, 'entry-6-pinned');
  });

  check('the walkthrough opens, with a picture for each step', async ({ page, palette }) => {
    await palette.run('Welcome: Open Walkthrough...');
    await palette.choose('Get Started with Endless');
    const steps = page.locator('.gettingStarted .step-list-container .getting-started-step');
    await steps.first().waitFor();
    const picture = page
      .frameLocator('.getting-started-media iframe')
      .frameLocator('iframe#active-frame')
      .locator('svg');
    for (const [index, word] of PICTURES.entries()) {
      await steps.nth(index).click();
      await picture.filter({ hasText: word }).waitFor();
      await screenshot(page, `entry-7-walkthrough-${index + 1}`);
    }
    assert.equal(await steps.count(), PICTURES.length);
  });
});
