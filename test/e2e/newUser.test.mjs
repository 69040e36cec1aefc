// What a new user does, from the first look to the commands.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { catchAnswer } from './catchAnswer.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

const QUESTIONS = ['Who are you?', 'What did I change last?', 'What can you do?', 'Which files did I edit?', 'Thanks'];
/** More than enough to fill the window of a built-in model. */
const MANY = 100;

suite('a new user', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => (workbench = await openWorkbench()));
  after(() => workbench?.close());

  check('sees Endless in the activity bar, opens the panel and the model is ready', async ({ page, panel }) => {
    await panel.state('Ready');
    await page.getByRole('tab', { name: /^Explorer/ }).click();
    await panel.composer.waitFor({ state: 'hidden' });
    await panel.tab.click();
    await panel.state('Ready');
    await screenshot(page, '2-panel-ready');
  });

  check('asks and reads the answer as it streams', async ({ page, panel, engine }) => {
    const letGo = await catchAnswer({ panel, engine }, QUESTIONS[2]);
    const begun = await panel.answers.last().innerText();
    await screenshot(page, '3-answer-streams');
    letGo();
    await panel.answered();
    const whole = await panel.answers.last().innerText();
    assert.ok(whole.length > begun.length && whole.startsWith(begun), `"${begun}" grew to "${whole}"`);
    await screenshot(page, '3-answer-complete');
  });

  check('stops another answer in the middle', async ({ page, panel, engine }) => {
    const letGo = await catchAnswer({ panel, engine }, QUESTIONS[2]);
    await panel.button('Stop').click();
    letGo();
    await panel.answered();
    await panel.answers.last().filter({ hasText: 'Interrupted' }).waitFor();
    await screenshot(page, '3-answer-stopped');
  });

  check('types code, gets ghost text and takes it with Tab', async ({ page, palette, editor }) => {
    await palette.openFile('weather.ts');
    await editor.goToEnd();
    await editor.type('\nexport function wettest(): number {\nlet most = 0;\nfor (const litres of ');
    await editor.ghost.waitFor();
    const offered = plain(await editor.ghost.innerText());
    await screenshot(page, '4-ghost-text');
    await page.keyboard.press('Tab');
    await editor.ghost.waitFor({ state: 'detached' });
    await screenshot(page, '4-ghost-text-taken');
    const saved = await editor.save('src/weather.ts');
    const added = saved.slice(saved.indexOf('wettest'));
    assert.ok(
      added.includes(`for (const litres of ${offered}`),
      `${JSON.stringify(offered)} in ${JSON.stringify(added)}`,
    );
  });

  check('sees the edits appear in the window map beside the chat', async ({ page, panel }) => {
    await panel
      .span(/^edit src\/weather\.ts/)
      .first()
      .waitFor();
    const kinds = new Set((await panel.spanNames()).map((name) => name.split(' ')[0]));
    for (const kind of ['sink', 'system', 'message', 'reply', 'edit']) assert.ok(kinds.has(kind), kind);
    await screenshot(page, '5-edit-in-map');
  });

  check('goes on until the window is full, and old spans leave', async ({ page, panel, stats }) => {
    const [sink, system] = await panel.spanNames();
    const oldest = (await panel.spanNames()).find((name) => name.startsWith('message'));
    let turns = 0;
    // Until what the model saw first, beside what is kept, has left.
    while ((await panel.number('Evicted')) === 0 || (await panel.spanNames()).includes(oldest)) {
      assert.ok(++turns < MANY, 'the window fills');
      await panel.answerTo(QUESTIONS[turns % QUESTIONS.length]);
    }
    await screenshot(page, '6-old-spans-left');
    const full = await stats.counters();
    while ((await panel.number('Evicted')) === full.Evicted) {
      assert.ok(++turns < MANY, 'spans go on leaving');
      await panel.answerTo(QUESTIONS[turns % QUESTIONS.length]);
    }
    // The speed itself depends on what else the machine does. What makes it last is that every token is evaluated once,
    // for the stream or for a branch. While something is being evaluated it has not entered either.
    let later = await stats.counters();
    while (later.Evaluated !== later.Streamed + later.Branched) later = await stats.counters();
    assert.deepEqual((await panel.spanNames()).slice(0, 2), [sink, system], 'sinks and pinned spans stay');
    assert.equal(later.Resets, 0, 'resets');
    assert.equal(later['Re-evaluated'], 0, 'tokens evaluated twice');
    // A click on the oldest span that may still leave shows its event, and above it where the model stops seeing.
    await panel.spans.nth(2).click();
    await panel.separator('The model can see from here down').waitFor();
    await screenshot(page, '6-eviction-horizon');
    await panel.button('Scroll to End').click();
  });

  check('shows the sink stats by command', async ({ page, stats }) => {
    await stats.open();
    await screenshot(page, '7-sink-stats');
  });

  check('resets the window by command', async ({ page, panel, palette }) => {
    await palette.run('Endless: Reset Window');
    await page.locator('.notification-list-item', { hasText: 'The window was reset' }).waitFor();
    await panel.figure('Resets').filter({ hasText: '1' }).waitFor();
    const kinds = (await panel.spanNames()).map((name) => name.split(' ')[0]);
    assert.deepEqual(kinds, ['sink', 'system'], 'only sinks and pinned spans stay');
    await panel.separator(/^Window reset/).waitFor();
    await screenshot(page, '7-window-reset');
    assert.match(await panel.answerTo(QUESTIONS[0]), /\w+/);
  });
});

/** The editor shows spaces as no-break spaces. */
const plain = (text) => text.replaceAll('\u00a0', ' ');
