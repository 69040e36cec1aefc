// A completion steps into an answer that is being written, and both come out as they would alone.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { screenshot } from './artifacts.mjs';
import { catchAnswer } from './catchAnswer.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

const QUESTION = 'What can you do?';
const BEGUN = '\nfor (const litres of ';
/** Milliseconds after the last key by which the completion has been asked for, whatever the pace of typing. */
const ASKED = 1000;
/** On a machine with much to do the answer may be complete before the ghost text is drawn; then both are asked for again. */
const ATTEMPTS = 10;

suite('a completion in the middle of an answer', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await workbench.panel.state('Ready');
    await workbench.palette.openFile('weather.ts');
    await workbench.panel.span(/^outline src\/weather\.ts/).waitFor();
  });
  after(() => workbench?.close());

  check('is offered at once, and both are right at the end', async ({ page, panel, palette, editor, engine }) => {
    const reset = async () => {
      const resets = await panel.number('Resets');
      await palette.run('Endless: Reset Window');
      await panel
        .figure('Resets')
        .filter({ hasText: String(resets + 1) })
        .waitFor();
    };
    await reset();
    const alone = await panel.answerTo(QUESTION);
    const { offered, letGo } = await catchBoth({ panel, palette, editor, engine }, reset);
    await screenshot(page, 'together-1-ghost-while-answering');
    letGo();
    await panel.answered();
    assert.equal(await panel.answers.last().innerText(), alone, 'the answer is what it is without a completion');
    await page.keyboard.press('Tab');
    await editor.ghost.waitFor({ state: 'detached' });
    const saved = await editor.save('src/weather.ts');
    assert.ok(saved.includes(`${BEGUN}${offered}`), saved);
    assert.match(saved, /for \(const litres of [\w.()]+\)/, 'the line that was begun is complete');
    await screenshot(page, 'together-2-both');
  });
});

/** Asks in the very same window again, and holds the engine with the ghost text shown and the answer not complete. */
async function catchBoth({ panel, palette, editor, engine }, reset) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await catchAnswer({ panel, engine }, QUESTION, reset);
    await editor.goToEnd();
    await editor.type(BEGUN);
    // The engine is held until it has been asked, of which there is no sign outside: else it would first go on with the answer.
    await sleep(ASKED);
    const letGo = await engine.holdWhen(() => editor.ghost.isVisible());
    const offered = (await editor.ghost.innerText()).replaceAll('\u00a0', ' ');
    if (await panel.button('Stop').isVisible()) return { offered, letGo };
    letGo();
    await panel.answered();
    await palette.run('File: Revert File');
  }
  throw new Error(`${ATTEMPTS} answers were complete before the ghost text was drawn`);
}
