// The window reloads, the extension host dies: the session is the same one afterwards.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { machineSettings } from '../../scripts/workbench/server.mjs';
import { changeSettings } from '../../scripts/workbench/settings.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('a session over restarts', () => {
  let workbench;
  const check = checksOn(() => workbench);
  // So long that no pause tells an edit before the test does what is to tell it.
  before(async () => {
    workbench = await openWorkbench({ settings: { 'endless.edits.settleDelay': 60_000 } });
    await workbench.panel.state('Ready');
  });
  after(() => workbench?.close());

  const choose = ({ server }, file) =>
    changeSettings(machineSettings(server.profile), {}, { 'endless.model.path': file });

  const conversation = async ({ questions, answers }) => [
    await questions.allInnerTexts(),
    await answers.allInnerTexts(),
  ];

  check('a reload brings back the conversation and the very same window', async ({ page, panel, engine, stats }) => {
    await panel.tab.waitFor();
    await panel.answerTo('Who are you?');
    await panel.answerTo('What can you do?');
    // Saved, so that nothing moves any more, in the panel neither.
    await engine.saved();
    const before = await conversation(panel);
    const spans = await panel.spanNames();
    const { id } = engine;
    await page.reload();
    await panel.state('Ready');
    await panel.answers.nth(1).waitFor();
    assert.deepEqual(await conversation(panel), before);
    assert.deepEqual(await panel.spanNames(), spans);
    assert.notEqual(engine.id, id, 'a new process');
    // One token verifies the saved window; to evaluate its text anew would take dozens.
    const { Evaluated } = await stats.counters();
    assert.ok(Evaluated <= 2, `evaluated ${Evaluated}`);
    await screenshot(page, 'restart-1-reloaded');
  });

  check('so does the end of the extension host, and no engine is left behind', async ({ page, panel, engine }) => {
    const before = await conversation(panel);
    const { id } = engine;
    process.kill(engine.hostId, 'SIGKILL');
    await engine.gone(id);
    await page.reload();
    await panel.state('Ready');
    await panel.answers.nth(1).waitFor();
    assert.deepEqual(await conversation(panel), before);
    assert.match(await panel.answerTo('Who are you?'), /Endless/);
    assert.equal(await panel.number('Resets'), 0);
    await screenshot(page, 'restart-2-host-killed');
  });

  check('what was typed just before a reload is in the session', async ({ page, panel, palette, editor, engine }) => {
    await palette.openFile('weather.ts');
    await panel.span(/^outline src\/weather\.ts/).waitFor();
    await editor.goToEnd();
    await editor.insert('\nexport const lastWord = 4711;');
    const { id } = engine;
    await palette.run('Developer: Reload Window');
    await engine.gone(id);
    await panel.tab.waitFor();
    await panel.state('Ready');
    await panel.span(/^edit src\/weather\.ts/).waitFor();
    assert.match(await panel.answerTo('What is the value of lastWord?'), /4711/);
    const outlines = (await panel.spanNames()).filter((name) => name.startsWith('outline src/weather.ts'));
    assert.equal(outlines.length, 1, 'the window that came back has it already');
    await screenshot(page, 'restart-3-last-word');
  });

  check('what was edited without an engine is in the session once there is one again', async (workbench) => {
    const { page, panel, palette, editor, engine } = workbench;
    await choose(workbench, path.join(workbench.folder, 'nowhere.gguf'));
    await panel.state('Not running');
    await palette.openFile('garden.ts');
    await editor.goToEnd();
    await editor.insert('\nexport const whileAway = 815;');
    await page.keyboard.press('Control+S');
    await engine.waitedFor('whileAway');
    process.kill(engine.hostId, 'SIGKILL');
    await choose(workbench, '');
    await page.reload();
    await panel.state('Ready');
    await panel.span(/^edit src\/garden\.ts/).waitFor();
    assert.match(await panel.answerTo('What is the value of whileAway?'), /815/);
    await screenshot(page, 'restart-4-while-away');
  });
});
