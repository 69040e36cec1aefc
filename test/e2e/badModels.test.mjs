// Model files that cannot be used: each is told in words, and there is a way on.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { machineSettings } from '../../scripts/workbench/server.mjs';
import { changeSettings } from '../../scripts/workbench/settings.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { openWorkbench } from './workbench.mjs';

suite('a model that cannot be used', () => {
  let workbench;
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await workbench.panel.answerTo('Who are you?');
  });
  after(() => workbench?.close());

  async function choose({ server, panel }, file) {
    await changeSettings(machineSettings(server.profile), {}, { 'endless.model.path': file });
    await panel.state('Not running');
  }

  async function goBack({ panel }) {
    assert.equal(await panel.questions.count(), 1, 'the conversation is still there');
    await panel.button('Use the Built-in Model').click();
    await panel.state('Ready');
    assert.equal(await panel.alert.count(), 0);
  }

  check('a path where no file is', async (workbench) => {
    await choose(workbench, path.join(workbench.folder, 'nowhere.gguf'));
    await workbench.panel.alert.filter({ hasText: /nowhere\.gguf/ }).waitFor();
    await screenshot(workbench.page, 'bad-1-missing');
    await goBack(workbench);
  });

  check('a file that is no GGUF', async (workbench) => {
    const file = path.join(workbench.folder, 'letter.gguf');
    await writeFile(file, 'Dear model, this is a letter.\n'.repeat(1000));
    await choose(workbench, file);
    await workbench.panel.alert.filter({ hasText: /GGUF/ }).waitFor();
    await screenshot(workbench.page, 'bad-2-no-gguf');
    await goBack(workbench);
  });

  check('a GGUF of which the end is missing', async (workbench) => {
    const file = path.join(workbench.folder, 'half.gguf');
    const whole = await readFile(inRoot('models', 'endless-sink.gguf'));
    await writeFile(file, whole.subarray(0, whole.length / 2));
    await choose(workbench, file);
    await workbench.panel.alert.filter({ hasText: /half\.gguf|incomplete|truncated|cut/ }).waitFor();
    await screenshot(workbench.page, 'bad-3-truncated');
    await goBack(workbench);
  });
});
