import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  test('the extension activates and every command of its manifest is there', async () => {
    const extension = vscode.extensions.getExtension('endless.endless');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const manifest = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    for (const { command } of manifest.contributes.commands) assert.ok(known.has(command), command);
  });
});
