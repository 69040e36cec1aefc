import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, open, readySession, writeFile } from './session.js';

const BEFORE = 'export function price(): number {\n  return 1;\n}\n\nexport const tax = 2;\n';
const CODE = 'export function price(): number {\n  return 3;\n}\n';

suite('proposals', () => {
  setup(() => writeFile('proposal.ts', BEFORE));
  teardown(closeAll);

  test('"Apply as Diff" changes nothing until it is accepted, then exactly what was proposed', async () => {
    const { proposals } = await readySession();
    const { document } = await open('proposal.ts');
    assert.equal(await proposals.show(CODE), true);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.toString(), document.uri.toString());
    assert.equal(document.getText(), BEFORE);
    await vscode.commands.executeCommand('endless.acceptProposal');
    assert.equal(document.getText(), BEFORE.replace('return 1', 'return 3'));
    assert.ok(document.isDirty, 'nothing is saved by itself');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  test('a proposal that is rejected leaves the file alone and closes', async () => {
    const { proposals } = await readySession();
    const { document } = await open('proposal.ts');
    await proposals.show(CODE);
    await vscode.commands.executeCommand('endless.rejectProposal');
    assert.equal(document.getText(), BEFORE);
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    assert.ok(!tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff));
  });

  test('a change that is taken back in the proposal is not accepted', async () => {
    const { proposals } = await readySession();
    const { document } = await open('proposal.ts');
    await proposals.show(CODE);
    const proposed = vscode.window.activeTextEditor;
    assert.equal(proposed?.document.uri.scheme, 'endless-proposal');
    await proposed.edit((edit) => edit.replace(proposed.document.lineAt(1).range, '  return 1;'));
    await vscode.commands.executeCommand('endless.acceptProposal');
    assert.equal(document.getText(), BEFORE);
  });

  test('a file that changed meanwhile is not overwritten', async () => {
    const { proposals } = await readySession();
    const { document } = await open('proposal.ts');
    await proposals.show(CODE);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// mine\n');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('endless.acceptProposal');
    assert.equal(document.getText(), `// mine\n${BEFORE}`);
    await vscode.commands.executeCommand('endless.rejectProposal');
  });

  test('what the model sees is no file that code could go into', async () => {
    const { proposals } = await readySession();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('endless.showWindowText');
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'endless-window');
    assert.equal(await proposals.show(CODE), false);
  });

  test('without an editor it says that there is none', async () => {
    const { proposals } = await readySession();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await proposals.show(CODE), false);
  });
});
