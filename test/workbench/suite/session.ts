/** What the tests of the suite share: the running extension, its journal, its states, its settings, its workspace. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../../extension/testApi.js';
import { transcript } from '../../../inference/protocol.js';
import type { EngineState, EventKind, EventView } from '../../../inference/views.js';

export async function endless(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>('endless.endless');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  assert.ok(api, 'the extension knows that it is tested');
  return api;
}

/** The extension with an engine that is ready. */
export async function readySession(): Promise<TestApi> {
  const api = await endless();
  await api.engine.whenReady();
  return api;
}

/** The newest events of the journal, oldest first. */
export async function journal({ engine }: TestApi, kind?: EventKind): Promise<readonly EventView[]> {
  const { events } = await engine.request(transcript, { limit: 200 });
  return kind ? events.filter((event) => event.kind === kind) : events;
}

/** The events that `action` puts into the journal. */
export async function eventsOf(api: TestApi, kind: EventKind, action: () => Promise<void>): Promise<string[]> {
  const last = (await journal(api)).at(-1)?.id ?? 0;
  await action();
  await api.edits.settleAll();
  return (await journal(api, kind)).filter(({ id }) => id > last).map(({ text }) => text);
}

/** Resolves with the next state of the engine that is in this phase. */
export function nextState<P extends EngineState['phase']>(
  { engine }: TestApi,
  phase: P,
): Promise<Extract<EngineState, { phase: P }>> {
  return new Promise((resolve) => {
    const listener = engine.onDidChangeState((state) => {
      if (state.phase !== phase) return;
      listener.dispose();
      resolve(state as Extract<EngineState, { phase: P }>);
    });
  });
}

/** Resolves with the next value of an event that passes the test. */
export function next<T>(event: vscode.Event<T>, passes: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listener = event((value) => {
      if (!passes(value)) return;
      listener.dispose();
      resolve(value);
    });
  });
}

/** Changes a setting of the person; `undefined` takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('endless').update(name, value, vscode.ConfigurationTarget.Global);
}

export function inWorkspace(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function writeFile(path: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** As the editor does it, so that what it says of files counts at once. */
export async function writeIgnoreFile(name: '.gitignore' | '.endlessignore', text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(inWorkspace(name), { overwrite: true, contents: new TextEncoder().encode(text) });
  assert.ok(await vscode.workspace.applyEdit(edit), `${name} could not be written`);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(path)));
}

/** Types at the end of a line, character by character, as a person does. */
export async function typeAtEndOf(editor: vscode.TextEditor, line: number, text: string): Promise<void> {
  const { end } = editor.document.lineAt(line).range;
  editor.selection = new vscode.Selection(end, end);
  for (const character of text) await vscode.commands.executeCommand('type', { text: character });
}

/** Leaves nothing behind for the next test: what is unsaved would be reverted on closing, and that is an edit too. */
export async function closeAll(): Promise<void> {
  await vscode.workspace.saveAll(false);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const api = await endless();
  await api.edits.settleAll();
}
