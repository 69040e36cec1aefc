import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../../extension/testApi.js';
import { windowNow } from '../../../inference/protocol.js';
import { closeAll, journal, open, readySession, set, typeAtEndOf, writeFile, writeIgnoreFile } from './session.js';

const BODY = `export function add(a: number, b: number): number {
  return a + b;
}

export function sub(a: number, b: number): number {
  return`;

/** What the provider offers at the cursor when a person asks for it with the shortcut. */
async function offered(
  { completions }: TestApi,
  { document, selection }: vscode.TextEditor,
  triggerKind = vscode.InlineCompletionTriggerKind.Invoke,
): Promise<string[]> {
  const context = { triggerKind, selectedCompletionInfo: undefined };
  const cancellation = new vscode.CancellationTokenSource();
  const items = await completions.provider.provideInlineCompletionItems(
    document,
    selection.active,
    context,
    cancellation.token,
  );
  return items.map(({ insertText }) => (typeof insertText === 'string' ? insertText : insertText.value));
}

/** Lets the editor show ghost text and accepts it. The editor tells nobody when it shows, so it is asked again. */
async function accept({ document }: vscode.TextEditor): Promise<void> {
  const { version } = document;
  while (document.version === version) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
  }
}

suite('completion', () => {
  suiteSetup(() => set('completion.minConfidence', 0));
  suiteTeardown(() => set('completion.minConfidence', undefined));
  teardown(closeAll);

  async function openAtEnd(path: string, text: string): Promise<vscode.TextEditor> {
    await writeFile(path, text);
    const editor = await open(path);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    return editor;
  }

  test('ghost text is offered and accepted into the document', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/math.ts', BODY);
    const [text] = await offered(api, editor);
    assert.ok(text?.trim(), 'there is something to accept');
    await accept(editor);
    assert.equal(editor.document.getText(), `${BODY}${text}`);
  });

  test('what becomes of what is offered is counted from the edits, and typing through it is no acceptance', async () => {
    const api = await readySession();
    const { acceptance } = api.completions;
    const since = (before: typeof acceptance.view): number[] => {
      const { shown, accepted, characters } = acceptance.view;
      return [shown - before.shown, accepted - before.accepted, characters - before.characters];
    };
    const editor = await openAtEnd('src/counted.ts', BODY);
    const before = acceptance.view;
    const [text = ''] = await offered(api, editor);
    assert.deepEqual(since(before), [1, 0, 0]);
    await accept(editor);
    assert.deepEqual(since(before), [1, 1, text.length]);

    const typed = await openAtEnd('src/typed.ts', BODY);
    const [other = ''] = await offered(api, typed);
    await typeAtEndOf(typed, typed.document.lineCount - 1, other.slice(0, 3));
    assert.deepEqual(since(before).slice(1), [1, text.length]);
  });

  test('words of it that are accepted count as one that was taken in part', async () => {
    const api = await readySession();
    const { acceptance } = api.completions;
    // Of long names: a word of one character may as well have been typed, and does not count.
    const body = BODY.replaceAll(/\ba\b/g, 'total').replaceAll(/\bb\b/g, 'price');
    const editor = await openAtEnd('src/words.ts', body);
    const [text = ''] = await offered(api, editor);
    assert.match(text, /^\s*\w{2}/, 'it begins with a word');
    const before = acceptance.view;
    // The editor tells nobody when it shows.
    const { version } = editor.document;
    while (editor.document.version === version) {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');
    }
    await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');
    const taken = editor.document.getText().slice(body.length);
    assert.ok(text.startsWith(taken.trimEnd()), taken);
    assert.equal(acceptance.view.accepted - before.accepted, 1);
    assert.ok(acceptance.view.characters - before.characters <= taken.length);
  });

  test('who asks gets several, the one that came by itself first', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/several.ts', BODY);
    const alone = await offered(api, editor, vscode.InlineCompletionTriggerKind.Automatic);
    const several = await offered(api, editor);
    assert.deepEqual(several.slice(0, 1), alone);
    assert.equal(new Set(several).size, several.length);
    const { branched } = (await api.engine.request(windowNow)).counters;
    assert.deepEqual(await offered(api, editor), several, 'asked again, they are the same');
    assert.equal((await api.engine.request(windowNow)).counters.branched, branched);
  });

  test('snoozed, or by the shortcut only: none comes by itself, but to who asks', async () => {
    const api = await readySession();
    const comes = async (path: string): Promise<number[]> => {
      const editor = await openAtEnd(path, BODY);
      const itself = await offered(api, editor, vscode.InlineCompletionTriggerKind.Automatic);
      return [Math.sign(itself.length), Math.sign((await offered(api, editor)).length)];
    };
    await vscode.commands.executeCommand('endless.toggleSnooze');
    assert.ok((api.completions.snooze.until ?? 0) > Date.now() + 4 * 60_000);
    assert.deepEqual(await comes('src/snoozed.ts'), [0, 1]);
    await vscode.commands.executeCommand('endless.toggleSnooze');
    assert.deepEqual(await comes('src/awake.ts'), [1, 1]);
    await set('completion.automatic', false);
    try {
      assert.deepEqual(await comes('src/manual.ts'), [0, 1]);
    } finally {
      await set('completion.automatic', undefined);
    }
  });

  test('it can be switched off for one language', async () => {
    const api = await readySession();
    const configuration = vscode.workspace.getConfiguration('endless.completion', { languageId: 'javascript' });
    await configuration.update('enabled', false, vscode.ConfigurationTarget.Global, true);
    try {
      assert.equal((await offered(api, await openAtEnd('src/one.js', BODY))).length, 0);
      assert.notEqual((await offered(api, await openAtEnd('src/one.ts', BODY))).length, 0);
    } finally {
      await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global, true);
    }
  });

  test('typing through what is offered asks the model for nothing', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/through.ts', BODY);
    const [text = ''] = await offered(api, editor);
    await typeAtEndOf(editor, editor.document.lineCount - 1, text.slice(0, 2));
    const { branched } = (await api.engine.request(windowNow)).counters;
    const shown = editor.document.getText();
    // The editor may have closed a bracket behind the cursor.
    if (shown === BODY + text.slice(0, 2)) assert.equal((await offered(api, editor))[0], text.slice(2));
    assert.equal((await api.engine.request(windowNow)).counters.branched, branched);
  });

  test('nothing is offered in files that hold secrets or are ignored', async () => {
    const api = await readySession();
    await writeIgnoreFile('.gitignore', 'generated/\n');
    for (const path of ['.env', '.env.js', 'deploy/credentials.json', 'generated/math.ts'])
      assert.deepEqual(await offered(api, await openAtEnd(path, BODY)), [], path);
  });

  test('nothing is offered where it is switched off', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/off.ts', BODY);
    await set('completion.enabled', false);
    assert.deepEqual(await offered(api, editor), []);
    await set('completion.enabled', undefined);
    assert.notEqual((await offered(api, editor)).length, 0);
  });

  test('in comments and strings the model is not asked by itself where that is switched off', async () => {
    const api = await readySession();
    const asked = async (path: string, text: string): Promise<boolean> => {
      const editor = await openAtEnd(path, text);
      const { branched } = (await api.engine.request(windowNow)).counters;
      await offered(api, editor, vscode.InlineCompletionTriggerKind.Automatic);
      return (await api.engine.request(windowNow)).counters.branched > branched;
    };
    await set('completion.inComments', false);
    await set('completion.inStrings', false);
    try {
      assert.equal(await asked('src/inComment.ts', 'const a = 1; // as '), false);
      assert.equal(await asked('src/inString.ts', "const b = 'as "), false);
      assert.equal(await asked('src/inCode.ts', 'const c = '), true);
    } finally {
      await set('completion.inComments', undefined);
      await set('completion.inStrings', undefined);
    }
    assert.equal(await asked('src/inComment.ts', 'const a = 1; // so '), true);
  });

  test('nothing is offered with a selection, with several cursors, or in the middle of a word', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/selected.ts', BODY);
    assert.notEqual((await offered(api, editor)).length, 0);
    const end = editor.selection.active;
    editor.selection = new vscode.Selection(end.translate(0, -3), end);
    assert.deepEqual(await offered(api, editor), []);
    editor.selections = [new vscode.Selection(end, end), new vscode.Selection(0, 0, 0, 0)];
    assert.deepEqual(await offered(api, editor), []);
    const middle = end.translate(0, -3);
    editor.selection = new vscode.Selection(middle, middle);
    assert.deepEqual(await offered(api, editor), []);
  });

  test('a completion leaves the stream as it was', async () => {
    const api = await readySession();
    const editor = await openAtEnd('src/stream.ts', BODY);
    const spoken = async (): Promise<unknown> => (await journal(api)).filter(({ kind }) => kind !== 'outline');
    const [before, said] = [await api.engine.request(windowNow), await spoken()];
    assert.notEqual((await offered(api, editor)).length, 0);
    const { counters } = await api.engine.request(windowNow);
    assert.ok(counters.branched > before.counters.branched, 'the model was asked');
    assert.deepEqual([counters.reEvaluated, counters.resets], [0, before.counters.resets]);
    assert.deepEqual(await spoken(), said);
  });
});
