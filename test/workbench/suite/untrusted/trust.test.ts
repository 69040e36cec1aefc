import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowNow } from '../../../../inference/protocol.js';
import { closeAll, eventsOf, journal, next, open, readySession, set, typeAtEndOf, writeFile } from '../session.js';

const TEXT = 'export function price(): number {\n  return 1;\n}\n';

/** A window in restricted mode. */
suite('an untrusted workspace', () => {
  suiteSetup(() => set('edits.settleDelay', 60_000));
  suiteTeardown(() => set('edits.settleDelay', undefined));
  teardown(closeAll);

  async function ghostTexts({ document, selection }: vscode.TextEditor): Promise<number> {
    const { completions } = await readySession();
    const items = await completions.provider.provideInlineCompletionItems(
      document,
      selection.active,
      { triggerKind: vscode.InlineCompletionTriggerKind.Invoke, selectedCompletionInfo: undefined },
      new vscode.CancellationTokenSource().token,
    );
    return items.length;
  }

  test('nothing of it enters the session, and nothing is offered in it', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const api = await readySession();
    await writeFile('src/price.ts', TEXT);
    const { branched } = (await api.engine.request(windowNow)).counters;
    const editor = await open('src/price.ts');
    const told = await eventsOf(api, 'edit', () => typeAtEndOf(editor, 1, ' // hidden'));
    assert.deepEqual(told, []);
    assert.equal(await ghostTexts(editor), 0);
    assert.equal((await api.engine.request(windowNow)).counters.branched, branched);
    assert.deepEqual(await journal(api), []);
  });

  test('the chat works', async () => {
    const api = await readySession();
    assert.ok((await api.conversation.ask('Are you there?'))?.text);
  });

  test('once trust is granted edits are taken in, from then on', async () => {
    const api = await readySession();
    await writeFile('src/tax.ts', TEXT);
    const editor = await open('src/tax.ts');
    await typeAtEndOf(editor, 1, ' // hidden');
    const granted = next(vscode.workspace.onDidGrantWorkspaceTrust);
    await vscode.commands.executeCommand('workbench.trust.manage');
    console.log('endless test: trust this workspace');
    await granted;
    const shown = await vscode.window.showTextDocument(editor.document);
    const told = await eventsOf(api, 'edit', () => typeAtEndOf(shown, 0, ' // seen'));
    assert.deepEqual(
      told.map((text) => text.split('\n')[0]),
      ['src/tax.ts › function price'],
    );
    assert.match(told[0] ?? '', /\n\+export function price\(\): number \{ \/\/ seen/);
    assert.ok(!(await journal(api, 'edit')).some(({ text }) => text.includes('-  return 1;')), 'only what came after');
    const { branched } = (await api.engine.request(windowNow)).counters;
    await ghostTexts(shown);
    assert.ok((await api.engine.request(windowNow)).counters.branched > branched, 'the model is asked');
  });
});
