import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowNow } from '../../../inference/protocol.js';
import type { TestApi } from '../../../extension/testApi.js';
import { closeAll, next, open, readySession } from './session.js';

/** Opens the page and resolves when it is loaded. */
async function show({ stats }: TestApi): Promise<void> {
  const shown = stats.page.loaded ? Promise.resolve() : next(stats.page.onDidReceive, ({ type }) => type === 'show');
  await vscode.commands.executeCommand('endless.showSinkStats');
  await shown;
}

function pages(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('endless.stats'));
}

suite('sink stats', () => {
  teardown(closeAll);

  test('open as one page in the editor area, however often they are asked for', async () => {
    const api = await readySession();
    await show(api);
    await vscode.commands.executeCommand('endless.showSinkStats');
    assert.equal(pages().length, 1);
    assert.equal(pages()[0]?.isActive, true);
  });

  test('tell what the engine tells, what the session takes on the disk, and how it came about', async () => {
    const api = await readySession();
    await show(api);
    await api.conversation.ask('How many tomatoes are there?');
    const published = next(api.engine.onDidChangeWindow);
    await vscode.commands.executeCommand('endless.reAnchor');
    await published;
    const window = await api.engine.request(windowNow);
    await api.stats.host.measure();
    const view = api.stats.host.view();
    assert.equal(view.engine.phase, 'ready');
    assert.deepEqual(view.window?.spans, window.spans);
    assert.deepEqual(view.facts?.sinkTokens, ['<|sink|>']);
    assert.equal(view.facts.block, 64);
    assert.ok(view.facts.storage.journal > 0 && view.facts.events > 0);
    const { samples } = view.history;
    assert.equal(
      Object.values(samples.at(-1)?.tokens ?? {}).reduce((sum, tokens) => sum + tokens, 0),
      window.used,
    );
    assert.ok(
      samples.some(({ tokensPerSecond = 0 }) => tokensPerSecond > 0),
      'the reply was seen being written',
    );
    assert.match(view.versions.extension, /^\d+\.\d+\.\d+$/);
    assert.equal(view.versions.editor, vscode.version);
  });

  test('rest while nobody looks, and are there again as soon as somebody does', async () => {
    const api = await readySession();
    await show(api);
    const hidden = next(api.stats.page.onDidHide);
    await open('src/weather.ts');
    await hidden;
    assert.equal(api.stats.page.loaded, false);
    await show(api);
    assert.equal(pages().length, 1);
    const closed = next(api.stats.page.onDidHide);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await closed;
    assert.equal(pages().length, 0);
  });
});
