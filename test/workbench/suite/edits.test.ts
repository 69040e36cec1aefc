import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  eventsOf,
  inWorkspace,
  journal,
  next,
  open,
  readySession,
  set,
  typeAtEndOf,
  writeFile,
  writeIgnoreFile,
} from './session.js';

const CART = `export class Cart {
  items: Item[] = [];

  total(): number {
    let sum = 0;
    for (const item of this.items) sum += item.price;
    return sum;
  }

  clear(): void {
    this.items = [];
  }
}
${'\n// spacing'.repeat(20)}

export const empty = new Cart();
`;

/** No pause is awaited: what settles in these tests settles by what the test does. */
suite('edits', () => {
  suiteSetup(async () => {
    await set('edits.settleDelay', 60_000);
    await vscode.workspace
      .getConfiguration('editor')
      .update('quickSuggestions', false, vscode.ConfigurationTarget.Global);
    await writeIgnoreFile('.gitignore', 'generated/\n');
    await writeIgnoreFile('.endlessignore', '*.private.ts\n');
  });

  suiteTeardown(async () => {
    await set('edits.settleDelay', undefined);
    await vscode.workspace
      .getConfiguration('editor')
      .update('quickSuggestions', undefined, vscode.ConfigurationTarget.Global);
  });

  /** A file of its own for each test. */
  let cart = '';
  let count = 0;
  setup(async () => {
    cart = `src/cart${count++}.ts`;
    await writeFile(cart, CART);
  });
  teardown(closeAll);

  test('what is typed in one place is one edit, with its symbols and context', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      await typeAtEndOf(await open(cart), 4, ' // start');
    });
    assert.deepEqual(edits, [
      `${cart} › class Cart › method total
   total(): number {
-    let sum = 0;
+    let sum = 0; // start
     for (const item of this.items) sum += item.price;`,
    ]);
  });

  test('a question settles the edits before it is asked', async () => {
    const api = await readySession();
    await typeAtEndOf(await open(cart), 10, ' // empty');
    await api.conversation.ask('What did I just change?');
    const kinds = (await journal(api)).slice(-3).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['edit', 'message', 'reply']);
  });

  test('undo back to the start is none', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      await typeAtEndOf(await open(cart), 4, 'x');
      await vscode.commands.executeCommand('undo');
    });
    assert.deepEqual(edits, []);
  });

  test('a pause settles', async () => {
    const api = await readySession();
    const editor = await open(cart);
    await set('edits.settleDelay', 500);
    const added = next(api.engine.onDidAddEvent, ({ kind }) => kind === 'edit');
    await typeAtEndOf(editor, 10, ' // now');
    const { title, text } = await added;
    await set('edits.settleDelay', 60_000);
    assert.equal(title, `${cart} › class Cart › method clear`);
    assert.match(text, /^\+ {4}this\.items = \[\]; /m);
  });

  test('a save settles', async () => {
    const api = await readySession();
    const editor = await open(cart);
    const added = next(api.engine.onDidAddEvent, ({ kind }) => kind === 'edit');
    await typeAtEndOf(editor, 1, ' // all');
    await editor.document.save();
    assert.equal(
      (await added).text,
      `${cart} › class Cart\n export class Cart {\n-  items: Item[] = [];\n+  items: Item[] = []; // all\n   total(): number {`,
    );
  });

  test('a jump elsewhere settles the place that was left', async () => {
    const api = await readySession();
    const editor = await open(cart);
    const added = next(api.engine.onDidAddEvent, ({ kind }) => kind === 'edit');
    await typeAtEndOf(editor, 4, ' // one');
    const last = editor.document.lineCount - 2;
    await typeAtEndOf(editor, last, ' // two');
    assert.equal((await added).title, `${cart} › class Cart › method total`);
    const rest = await eventsOf(api, 'edit', () => Promise.resolve());
    assert.deepEqual(rest, [
      `${cart}\n // spacing\n-export const empty = new Cart();\n+export const empty = new Cart(); // two`,
    ]);
  });

  test('another editor settles', async () => {
    const api = await readySession();
    const editor = await open(cart);
    const added = next(api.engine.onDidAddEvent, ({ kind }) => kind === 'edit');
    await typeAtEndOf(editor, 4, ' // one');
    await open('src/garden.ts');
    assert.equal((await added).title, `${cart} › class Cart › method total`);
  });

  test('a file that gets another language keeps what was typed before', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      const editor = await open(cart);
      await typeAtEndOf(editor, 4, ' // before');
      await vscode.languages.setTextDocumentLanguage(editor.document, 'javascript');
      await typeAtEndOf(editor, 10, ' // after');
    });
    assert.deepEqual(
      edits.map((text) => text.split('\n').filter((line) => line.startsWith('+'))),
      [['+    let sum = 0; // before'], ['+    this.items = []; // after']],
    );
  });

  test('a change by another program part counts, in a file that is not shown', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      await vscode.workspace.openTextDocument(inWorkspace(cart));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(inWorkspace(cart), new vscode.Range(10, 4, 10, 21), 'this.items.length = 0;');
      await vscode.workspace.applyEdit(edit);
    });
    assert.deepEqual(edits, [
      `${cart} › class Cart › method clear\n   clear(): void {\n-    this.items = [];\n+    this.items.length = 0;\n   }`,
    ]);
  });

  test('a paste is told in one line', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      const editor = await open(cart);
      const paste = Array.from({ length: 200 }, (_, line) => `call(${line});\n`).join('');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), paste));
    });
    assert.deepEqual(edits, [`${cart}\n+200 −0 lines: call(0); …`]);
  });

  test('secrets never enter: by name, by place, by text', async () => {
    const api = await readySession();
    const secret = 'aZ3kQ9xV7mB2nL8pR5tY1wD4';
    const files = [
      '.env',
      '.env.local',
      'deploy/server.pem',
      '.aws/config',
      'generated/api.ts',
      'src/notes.private.ts',
    ];
    for (const file of files) await writeFile(file, 'first\n');
    const edits = await eventsOf(api, 'edit', async () => {
      for (const file of files) await typeAtEndOf(await open(file), 0, ` ${secret}`);
      await typeAtEndOf(await open(cart), 4, ` const password = '${secret}';`);
    });
    assert.deepEqual(edits, []);
    for (const reason of ['secret', 'ignored', 'secretText'] as const)
      assert.ok(api.edits.leftOut.counts.get(reason), reason);
    const everything = (await journal(api)).map(({ title, text }) => title + text).join('\n');
    assert.ok(!everything.includes(secret), 'the secret is nowhere in the journal');
    for (const file of files) assert.ok(!everything.includes(file), `${file} is nowhere in the journal`);
  });

  test('what is outside the workspace or was never saved stays out', async () => {
    const api = await readySession();
    const edits = await eventsOf(api, 'edit', async () => {
      const editor = await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ content: 'untitled\n' }),
      );
      await typeAtEndOf(editor, 0, ' text');
    });
    assert.deepEqual(edits, []);
    const left = api.edits.leftOut.files.filter(({ reason }) => reason === 'outside');
    assert.ok(
      left.some(({ name }) => name.startsWith('Untitled')) && left.every(({ name }) => !name.includes('settings')),
    );
  });

  test('a file that was never saved enters if it is asked for', async () => {
    const api = await readySession();
    await set('edits.untitled', true);
    try {
      const edits = await eventsOf(api, 'edit', async () => {
        const content = 'first\nsecond\n';
        const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
        await typeAtEndOf(editor, 1, ' text');
      });
      assert.deepEqual(
        edits.map((text) => text.replace(/^Untitled-\d+/, 'Untitled')),
        ['Untitled\n first\n-second\n+second text'],
      );
    } finally {
      await set('edits.untitled', undefined);
    }
  });

  test('a notebook is taken in cell by cell, under the numbers that the cells have then', async () => {
    const api = await readySession();
    const cell = (source: string): unknown => ({
      ...{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null },
      source: [source],
    });
    const notebook = { cells: [cell('first = 1'), cell('second = 2')], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await writeFile('sums.ipynb', JSON.stringify(notebook));
    const shown = await vscode.window.showNotebookDocument(
      await vscode.workspace.openNotebookDocument(inWorkspace('sums.ipynb')),
    );
    const append = async (index: number, text: string): Promise<void> => {
      const { document } = shown.notebook.cellAt(index);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.lineAt(0).range.end, text);
      await vscode.workspace.applyEdit(edit);
    };
    const told = await eventsOf(api, 'edit', () => append(1, ' + 3'));
    assert.deepEqual(told, ['sums.ipynb › cell 2\n-second = 2\n+second = 2 + 3']);
    const moved = await eventsOf(api, 'edit', async () => {
      const edit = new vscode.WorkspaceEdit();
      const above = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'zeroth = 0', 'python');
      edit.set(shown.notebook.uri, [vscode.NotebookEdit.insertCells(0, [above])]);
      await vscode.workspace.applyEdit(edit);
      await append(2, ' + 4');
    });
    assert.deepEqual(moved, ['sums.ipynb › cell 3\n-second = 2 + 3\n+second = 2 + 3 + 4']);
  });

  test('a file that is opened for the first time tells its outline, once', async () => {
    const api = await readySession();
    await writeFile(
      'src/shop.ts',
      "import { Cart } from './cart';\n\nexport class Shop {\n  open(): void {\n    run();\n  }\n}\n",
    );
    const added = next(api.engine.onDidAddEvent, ({ kind, title }) => kind === 'outline' && title === 'src/shop.ts');
    await open('src/shop.ts');
    assert.equal((await added).text, "src/shop.ts\n import { Cart } from './cart'\n class Shop\n   open(): void");
    await open(cart);
    await open('src/shop.ts');
    await api.edits.settleAll();
    assert.equal((await journal(api, 'outline')).filter(({ title }) => title === 'src/shop.ts').length, 1);
  });

  test('renamed and deleted files are told, after the edits before; saves only if asked for', async () => {
    const api = await readySession();
    const moved = cart.replace('cart', 'basket');
    const act = async (action: (edit: vscode.WorkspaceEdit) => void): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      action(edit);
      const events = next(api.engine.onDidAddEvent, ({ text }) => /\n(?:renamed|deleted)/.test(text));
      await vscode.workspace.applyEdit(edit);
      await events;
    };
    const told = await eventsOf(api, 'edit', async () => {
      const editor = await open(cart);
      await typeAtEndOf(editor, 1, ' // all');
      await editor.document.save();
      await act((edit) => edit.renameFile(inWorkspace(cart), inWorkspace(moved)));
      await act((edit) => edit.deleteFile(inWorkspace(moved)));
    });
    assert.deepEqual(told.slice(1), [`${moved}\nrenamed from ${cart}`, `${moved}\ndeleted`]);
    await set('edits.events', ['save']);
    const saved = next(api.engine.onDidAddEvent, ({ text }) => text === 'src/garden.ts\nsaved');
    const garden = await open('src/garden.ts');
    await typeAtEndOf(garden, 0, ' ');
    await garden.document.save();
    await saved;
    await set('edits.events', undefined);
  });

  test('errors that appear and vanish after an edit are told, those that were there are not', async () => {
    const api = await readySession();
    // No language service looks at this file.
    cart = 'src/cart.shop';
    await writeFile(cart, CART);
    await set('edits.events', ['error']);
    const errors = vscode.languages.createDiagnosticCollection('test');
    const editor = await open(cart);
    const uri = editor.document.uri;
    const range = new vscode.Range(4, 0, 4, 3);
    const old = new vscode.Diagnostic(range, 'was there');
    const warning = new vscode.Diagnostic(range, 'only a warning', vscode.DiagnosticSeverity.Warning);
    try {
      errors.set(uri, [old]);
      await next(vscode.languages.onDidChangeDiagnostics, ({ uris }) => uris.some((each) => each.path === uri.path));
      await typeAtEndOf(editor, 4, ' // x');
      await api.edits.settleAll();
      await set('edits.settleDelay', 100);
      const told = (): Promise<{ readonly text: string }> =>
        next(api.engine.onDidAddEvent, ({ text }) => text.startsWith(`${cart}\n`) && text.includes('error'));
      const appeared = told();
      errors.set(uri, [old, warning, new vscode.Diagnostic(range, 'Cannot find it.')]);
      assert.equal((await appeared).text, `${cart}\n+error in line 5: Cannot find it.`);
      const vanished = told();
      errors.set(uri, []);
      const lines = (await vanished).text.split('\n').slice(1).sort();
      assert.deepEqual(lines, ['-error: Cannot find it.', '-error: was there']);
    } finally {
      errors.dispose();
      await set('edits.events', undefined);
      await set('edits.settleDelay', 60_000);
    }
  });

  test('nothing is taken in while it is paused', async () => {
    const api = await readySession();
    await vscode.commands.executeCommand('endless.toggleEdits');
    const editor = await open(cart);
    const paused = await eventsOf(api, 'edit', () => typeAtEndOf(editor, 4, ' // hidden'));
    await vscode.commands.executeCommand('endless.toggleEdits');
    const resumed = await eventsOf(api, 'edit', () => typeAtEndOf(editor, 10, ' // seen'));
    assert.deepEqual(paused, []);
    assert.deepEqual(
      resumed.map((text) => text.split('\n')[0]),
      [`${cart} › class Cart › method clear`],
    );
    assert.ok(!resumed.join().includes('hidden'));
  });
});
