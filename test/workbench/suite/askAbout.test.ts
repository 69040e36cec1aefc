import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventsOf, inWorkspace, next, open, readySession, writeFile } from './session.js';

suite('questions from the editor', () => {
  teardown(closeAll);

  async function openPanel(): Promise<void> {
    const { panel } = await readySession();
    const ready = panel.loaded ? Promise.resolve() : next(panel.onDidReceive, ({ type }) => type === 'ready');
    await vscode.commands.executeCommand('endless.focusChat');
    await ready;
  }

  test('"Explain This Problem" is offered on a problem and asks about its code', async () => {
    const api = await readySession();
    await openPanel();
    await writeFile('problem.txt', 'one\ntwo\nthree\n');
    const uri = inWorkspace('problem.txt');
    await open('problem.txt');
    const problems = vscode.languages.createDiagnosticCollection('test');
    const range = new vscode.Range(1, 0, 1, 3);
    problems.set(uri, [new vscode.Diagnostic(range, 'Two is no number.')]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    const explain = actions.find(({ command }) => command?.command === 'endless.explainProblem')?.command;
    assert.ok(explain);
    const [question] = await eventsOf(api, 'message', async () => {
      const answered = next(api.engine.onDidAddEvent, ({ kind, state }) => kind === 'reply' && state !== 'streaming');
      await vscode.commands.executeCommand(explain.command, ...(explain.arguments as unknown[]));
      await answered;
    });
    assert.match(question ?? '', /^Explain this problem in line 2: Two is no number\.\n\nproblem\.txt:1-4\n```/);
    problems.dispose();
  });

  test('"Ask Endless About This" attaches the selection, and the cost of the question is counted', async () => {
    const { panel } = await readySession();
    await openPanel();
    const editor = await open('src/garden.ts');
    editor.selection = new vscode.Selection(0, 0, 20, 0);
    const counted = next(panel.onDidReceive, ({ type }) => type === 'count');
    await vscode.commands.executeCommand('endless.askAbout');
    const message = await counted;
    assert.ok(message.type === 'count');
    assert.match(message.text, /^src\/garden\.ts:1-20\n```typescript\n/);
  });
});
