import assert from 'node:assert/strict';
import * as disk from 'node:fs/promises';
import * as vscode from 'vscode';
import { closeAll, eventsOf, inWorkspace, next, readySession, writeFile, writeIgnoreFile } from './session.js';

suite('files that others change', () => {
  teardown(closeAll);

  test('what a terminal does to files is told, once, and neither what came and went nor what is ignored', async () => {
    const api = await readySession();
    const weather = inWorkspace('src/weather.ts').fsPath;
    const climate = inWorkspace('src/climate.ts').fsPath;
    const text = await disk.readFile(weather, 'utf8');
    const did = async (what: string, action: () => Promise<void>): Promise<void> => {
      const told = next(api.engine.onDidAddEvent, (event) => event.text === what);
      await action();
      await told;
    };
    const told = await eventsOf(api, 'edit', async () => {
      await writeIgnoreFile('.gitignore', 'generated/\n');
      await writeFile('generated/code.ts', text);
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(inWorkspace('generated'), { recursive: true });
      await vscode.workspace.applyEdit(edit);
      await writeFile('src/passing.ts', text);
      await did('src/climate.ts\nrenamed from src/weather.ts', async () => {
        await disk.rm(inWorkspace('src/passing.ts').fsPath);
        await disk.rename(weather, climate);
      });
      await did('src/climate.ts\ndeleted', () => disk.rm(climate));
    });
    await disk.writeFile(weather, text);
    assert.equal(told.length, 2, told.join('\n\n'));
  });
});
