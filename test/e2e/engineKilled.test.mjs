// The engine dies in the middle of an answer: VS Code goes on, and so does the session.
import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { screenshot } from './artifacts.mjs';
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
    const endSlowness = engine.slowDown();
    await panel.ask('What can you do?');
    await panel.answers.nth(1).filter({ hasText: /\w/ }).waitFor();
    engine.kill();
    await endSlowness();
    await panel.alert.waitFor();
    await screenshot(page, 'bad-4-killed');
    await panel.state('Ready');
    assert.notEqual(engine.id, id, 'a new process');
    assert.equal(engine.hostId, hostId, 'the extension host lives');
    assert.equal(await panel.answers.first().innerText(), first, 'what was said is still there');
    await panel.answers.nth(1).filter({ hasText: 'Interrupted' }).waitFor();
    await screenshot(page, 'bad-4-back');
  });

  check('answers again, and the stream was not reset', async ({ panel }) => {
    assert.match(await panel.answerTo('Thanks'), /\w+/);
    assert.equal(await panel.number('Resets'), 0);
  });
});
