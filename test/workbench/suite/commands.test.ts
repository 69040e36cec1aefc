import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { search, windowNow, windowText } from '../../../inference/protocol.js';
import { closeAll, inWorkspace, journal, next, readySession } from './session.js';

suite('commands', () => {
  teardown(closeAll);

  test('the panel opens, its page loads and speaks', async () => {
    const { panel } = await readySession();
    const ready = panel.loaded ? Promise.resolve() : next(panel.onDidReceive, ({ type }) => type === 'ready');
    await vscode.commands.executeCommand('endless.focusChat');
    await ready;
    assert.equal(panel.loaded, true);
  });

  test('"Show What the Model Sees" opens the exact text, sink and system prompt first', async () => {
    await readySession();
    await vscode.commands.executeCommand('endless.showWindowText');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'endless-window');
    assert.match(document.getText(), /^<\|sink\|><\|system\|>/);
    assert.equal(document.languageId, 'endless-window');
  });

  test('"Show What the Model Sees" folds by event, each from its own first line', async () => {
    const api = await readySession();
    await api.conversation.ask('Name three plants.\nOne in a line.\nNo more.');
    await vscode.commands.executeCommand('endless.showWindowText');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    // One that is open already is shown at once, and then made new.
    if (!document.getText().includes('Name three'))
      await next(vscode.workspace.onDidChangeTextDocument, (change) => change.document === document);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const firstLines = folds.map(({ start }) => document.lineAt(start).text);
    assert.ok(
      firstLines.some((line) => line.endsWith('<|user|>Name three plants.')),
      firstLines.join('\n'),
    );
    assert.ok(folds.every(({ start, end }) => start < end));
  });

  test('"Reset Window" leaves sinks and pinned spans, and keeps the transcript', async () => {
    const api = await readySession();
    await api.conversation.ask('Remember the tomatoes.');
    const before = await journal(api);
    await vscode.commands.executeCommand('endless.resetWindow');
    const window = await api.engine.request(windowNow);
    assert.equal(window.counters.resets, 1);
    assert.ok(window.spans.length > 0 && window.spans.every(({ kind, pinned }) => pinned || kind === 'sink'));
    const after = await journal(api);
    assert.deepEqual(after.slice(0, before.length), before);
    assert.equal(after.at(-1)?.kind, 'reset');
    assert.ok((await api.conversation.ask('Are you still there?'))?.text, 'the session goes on');
  });

  test('"Undo Reset" brings the window back as it was', async () => {
    const api = await readySession();
    await api.conversation.ask('Remember the beans.');
    const before = await api.engine.request(windowText);
    await vscode.commands.executeCommand('endless.resetWindow');
    assert.ok((await api.engine.request(windowText)).length < before.length);
    await vscode.commands.executeCommand('endless.undoReset');
    assert.deepEqual(
      (await api.engine.request(windowText)).map(({ text }) => text),
      before.map(({ text }) => text),
    );
    assert.equal((await journal(api)).at(-1)?.kind, 'undoReset');
  });

  test('"Re-anchor the Window" evaluates the same text again, and counts it', async () => {
    const api = await readySession();
    const before = await api.engine.request(windowText);
    const { reEvaluated } = (await api.engine.request(windowNow)).counters;
    await vscode.commands.executeCommand('endless.reAnchor');
    assert.deepEqual(await api.engine.request(windowText), before);
    assert.ok((await api.engine.request(windowNow)).counters.reEvaluated > reEvaluated);
  });

  test('"Export Transcript" writes the whole journal as Markdown', async () => {
    const api = await readySession();
    await api.conversation.ask('Remember the peas.');
    const target = inWorkspace('transcript.md');
    await vscode.commands.executeCommand('endless.exportTranscript', target);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    assert.match(text, /^# Endless: transcript of /);
    assert.match(text, /\n## You · [^\n]+\n\n> Remember the peas\.\n/);
    await vscode.workspace.fs.delete(target);
  });

  test('the journal is searched, and the panel is told to look', async () => {
    const api = await readySession();
    await api.conversation.ask('Where is the wheelbarrow?');
    const { ids } = await api.engine.request(search, { text: 'WHEELBARR', limit: 10 });
    const asked = (await journal(api)).filter(({ id }) => ids.includes(id));
    assert.ok(asked.some(({ kind, text }) => kind === 'message' && text === 'Where is the wheelbarrow?'));
    await vscode.commands.executeCommand('endless.findInTranscript');
    assert.equal(api.panel.loaded, true);
  });

  test('"Restart Engine" resumes the session', async () => {
    const api = await readySession();
    const before = await journal(api);
    const { pid } = api.engine;
    await vscode.commands.executeCommand('endless.restartEngine');
    assert.equal(api.engine.state.phase, 'ready');
    assert.notEqual(api.engine.pid, pid);
    assert.deepEqual(await journal(api), before);
  });
});
