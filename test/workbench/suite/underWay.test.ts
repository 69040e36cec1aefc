import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { nullLog } from '../../../extension/base/log.js';
import { CompletionProvider } from '../../../extension/completion/completionProvider.js';
import type { CompleteParams, CompleteResult } from '../../../inference/protocol.js';
import { closeAll, open, typeAtEndOf, writeFile } from './session.js';

interface Question {
  readonly params: CompleteParams;
  readonly token: vscode.CancellationToken;
  readonly answer: (text: string) => void;
}

/** An engine that answers when the test says so: what matters here is what happens in between. */
class SlowEngine {
  readonly questions: Question[] = [];
  #asked: ((question: Question) => void) | undefined;

  readonly complete = (params: CompleteParams, token: vscode.CancellationToken): Promise<CompleteResult> =>
    new Promise((resolve) => {
      const answer = (text: string): void => resolve({ text, confidence: 1, evaluated: 1, milliseconds: 1 });
      const question = { params, token, answer };
      this.questions.push(question);
      this.#asked?.(question);
    });

  nextQuestion(): Promise<Question> {
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }
}

suite('a completion under way', () => {
  teardown(closeAll);

  let count = 0;
  let engine: SlowEngine;
  let provider: CompletionProvider;
  let shown: boolean[];
  setup(() => {
    engine = new SlowEngine();
    shown = [];
    provider = new CompletionProvider({
      complete: engine.complete,
      ready: () => true,
      admission: { admitToCompletion: () => Promise.resolve({ path: 'a.ts' }) },
      code: {
        continuation: (_language, _before, text) => Promise.resolve(text),
        place: () => Promise.resolve('code'),
      },
      settings: () => ({
        ...{ enabled: true, automatic: true, inComments: true, inStrings: true },
        ...{ maxTokens: 64, minConfidence: 0, snoozeMinutes: 5 },
      }),
      snooze: { active: false },
      acceptance: { show: (_document, _position, _texts, continued) => void shown.push(continued) },
      log: nullLog,
    });
  });
  teardown(() => provider.dispose());

  /** As the editor asks after a key. */
  function ask({ document, selection }: vscode.TextEditor): {
    readonly texts: Promise<string[]>;
    readonly cancel: () => void;
  } {
    const source = new vscode.CancellationTokenSource();
    const context = {
      triggerKind: vscode.InlineCompletionTriggerKind.Automatic,
      selectedCompletionInfo: undefined,
    };
    const items = provider.provideInlineCompletionItems(document, selection.active, context, source.token);
    const texts = items.then((all) => all.map(({ insertText }) => insertText as string));
    return { texts, cancel: () => source.cancel() };
  }

  async function openLine(text: string): Promise<vscode.TextEditor> {
    // A file of its own for each test.
    const path = `src/underWay${count++}.ts`;
    await writeFile(path, text);
    const editor = await open(path);
    const { end } = editor.document.lineAt(0).range;
    editor.selection = new vscode.Selection(end, end);
    return editor;
  }

  test('goes on while what is typed fits it, and serves the last key', async () => {
    const editor = await openLine('const total = ');
    const asked = engine.nextQuestion();
    const first = ask(editor);
    const question = await asked;
    let last = first;
    for (const character of 'sum') {
      await typeAtEndOf(editor, 0, character);
      // A key ends the editor's wait and begins the next.
      last.cancel();
      last = ask(editor);
    }
    question.answer('sum(items);');
    assert.deepEqual(await last.texts, ['(items);']);
    assert.deepEqual(await first.texts, [], 'nobody waits for it any more');
    assert.equal(engine.questions.length, 1);
    assert.equal(question.token.isCancellationRequested, false);
    assert.deepEqual(shown, [false], 'shown once');
  });

  test('what does not fit what was typed is asked anew', async () => {
    const editor = await openLine('const total = ');
    const asked = engine.nextQuestion();
    const first = ask(editor);
    const question = await asked;
    await typeAtEndOf(editor, 0, 'x');
    first.cancel();
    const second = ask(editor);
    const askedAgain = engine.nextQuestion();
    question.answer('sum(items);');
    const again = await askedAgain;
    assert.equal(again.params.typed, 'const total = x');
    again.answer('.value;');
    assert.deepEqual(await second.texts, ['.value;']);
  });

  test('is cancelled when the editor wants nothing any more', async () => {
    const editor = await openLine('const total = ');
    const asked = engine.nextQuestion();
    const first = ask(editor);
    const { token, answer } = await asked;
    const cancelled = new Promise((resolve) => token.onCancellationRequested(resolve));
    first.cancel();
    await cancelled;
    answer('');
    assert.deepEqual(await first.texts, []);
  });

  test('is cancelled at once when something else happens than typing on', async () => {
    const editor = await openLine('const total = ');
    const asked = engine.nextQuestion();
    const first = ask(editor);
    const { token, answer } = await asked;
    await vscode.commands.executeCommand('deleteLeft');
    const askedAgain = engine.nextQuestion();
    const second = ask(editor);
    assert.equal(token.isCancellationRequested, true);
    answer('');
    (await askedAgain).answer(' 1;');
    assert.deepEqual([await first.texts, await second.texts], [[], [' 1;']]);
  });
});
