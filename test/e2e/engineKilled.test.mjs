// The engine dies in the middle of an answer: VS Code goes on, and so does the session.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
import { catchAnswer } from './catchAnswer.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('an engine that is killed', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => (workbench = await openWorkbench()));
  after(() => workbench?.close());

  check('while it answers comes back by itself with the conversation', async ({ page, panel, engine }) => {
    const first = await panel.answerTo('Who are you?');
    const { hostId, id } = engine;
    await catchAnswer({ panel, engine }, 'What can you do?');
    const answer = panel.answers.last();
    const read = await answer.innerText();
    engine.kill();
    await panel.alert.waitFor();
    await screenshot(page, 'bad-4-killed');
    await panel.state('Ready');
    assert.notEqual(engine.id, id, 'a new process');
    assert.equal(engine.hostId, hostId, 'the extension host lives');
    assert.equal(await panel.answers.first().innerText(), first, 'what was said is still there');
    await answer.filter({ hasText: 'Interrupted' }).waitFor();
    assert.ok((await answer.innerText()).startsWith(read), `"${read}" is still there`);
    await screenshot(page, 'bad-4-back');
  });

  check('answers again, and the stream was not reset', async ({ panel }) => {
    assert.match(await panel.answerTo('Thanks'), /\w+/);
    assert.equal(await panel.number('Resets'), 0);
  });
});
