import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CostSummary } from '../../../extension/base/eventCost.js';
import type { TestApi } from '../../../extension/testApi.js';
import { closeAll, eventsOf, inWorkspace, next, open, readySession, set, typeAtEndOf, writeFile } from './session.js';

/** Milliseconds that the extension may take for one change event, at the 99th percentile. */
const BUDGET = 1;

/** Times that the cost is measured at most. */
const ROUNDS = 4;

const FILE = `import { Item } from './item';

export class Order {
  readonly items: Item[] = [];

  total(): number {
    return 0;
  }

  clear(): void {
    this.items.length = 0;
  }
}
${'\n// spacing'.repeat(20)}

export function first(order: Order): Item | undefined {
  return order.items[0];
}
`;

/** As a person does it; no pause is awaited unless the test is about one. */
suite('typing', () => {
  let path = '';
  let count = 0;

  suiteSetup(async () => {
    await set('edits.settleDelay', 60_000);
    await editor('quickSuggestions', false);
  });
  suiteTeardown(async () => {
    await set('edits.settleDelay', undefined);
    await editor('quickSuggestions', undefined);
  });
  setup(async () => {
    path = `src/order${count++}.ts`;
    await writeFile(path, FILE);
  });
  teardown(closeAll);

  const editor = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('editor').update(name, value, vscode.ConfigurationTarget.Global);

  const edits = (api: TestApi, action: () => Promise<void>): Promise<string[]> => eventsOf(api, 'edit', action);

  test('a burst, corrected with backspace, is one edit that says only where it ended', async () => {
    const api = await readySession();
    const told = await edits(api, async () => {
      const shown = await open(path);
      await typeAtEndOf(shown, 6, ' + thsi');
      for (let times = 0; times < 3; times++) await vscode.commands.executeCommand('deleteLeft');
      for (const character of 'his.extra') await vscode.commands.executeCommand('type', { text: character });
    });
    assert.deepEqual(told, [
      `${path} › class Order › method total\n   total(): number {\n-    return 0;\n+    return 0; + this.extra\n   }`,
    ]);
  });

  test('bursts with pauses between them are an edit each, and undo across them is one more', async () => {
    const api = await readySession();
    const shown = await open(path);
    const told: string[] = [];
    for (const text of [' // a', ' b']) told.push(...(await edits(api, () => typeAtEndOf(shown, 6, text))));
    told.push(
      ...(await edits(api, async () => {
        while (shown.document.getText() !== FILE) await vscode.commands.executeCommand('undo');
      })),
    );
    const line = (before: string, after: string): string =>
      `${path} › class Order › method total\n   total(): number {\n-    return 0;${before}\n+    return 0;${after}\n   }`;
    assert.deepEqual(told, [line('', ' // a'), line(' // a', ' // a b'), line(' // a b', '')]);
  });

  test('several cursors are one settlement, an edit for each construct', async () => {
    const api = await readySession();
    const told = await edits(api, async () => {
      const shown = await open(path);
      shown.selections = [6, 10].map((line) => {
        const { end } = shown.document.lineAt(line).range;
        return new vscode.Selection(end, end);
      });
      for (const character of ' // x') await vscode.commands.executeCommand('type', { text: character });
    });
    assert.deepEqual(told, [
      `${path} › class Order › method total\n   total(): number {\n-    return 0;\n+    return 0; // x\n   }`,
      `${path} › class Order › method clear\n   clear(): void {\n-    this.items.length = 0;\n+    this.items.length = 0; // x\n   }`,
    ]);
  });

  test('what a formatter does on save is in the edit that it follows', async () => {
    const api = await readySession();
    const formatter = vscode.languages.registerDocumentFormattingEditProvider(
      { pattern: '**/*.shop' },
      {
        provideDocumentFormattingEdits: (document) => {
          const at = document.getText().indexOf(';;');
          if (at < 0) return [];
          return [vscode.TextEdit.delete(new vscode.Range(document.positionAt(at), document.positionAt(at + 1)))];
        },
      },
    );
    await editor('formatOnSave', true);
    try {
      // No other formatter knows this language.
      path = `src/order${count}.shop`;
      await writeFile(path, FILE);
      const told = await edits(api, async () => {
        const shown = await open(path);
        await typeAtEndOf(shown, 6, ';');
        await typeAtEndOf(shown, 3, ' // all');
        await shown.document.save();
      });
      assert.deepEqual(told, [
        `${path} › class Order\n export class Order {\n-  readonly items: Item[] = [];\n+  readonly items: Item[] = []; // all\n   total(): number {`,
      ]);
    } finally {
      formatter.dispose();
      await editor('formatOnSave', undefined);
    }
  });

  test('a branch switch, many files changed on disk at once, is one line', async () => {
    const api = await readySession();
    const paths = Array.from({ length: 12 }, (_, number) => `src/branch${number}.ts`);
    for (const each of paths) await writeFile(each, FILE);
    const documents = await Promise.all(paths.map((each) => vscode.workspace.openTextDocument(inWorkspace(each))));
    const other = Array.from({ length: 300 }, (_, line) => `export const other${line} = ${line};`).join('\n');
    const told = await edits(api, async () => {
      const reloaded = new Set<vscode.TextDocument>();
      const all = next(vscode.workspace.onDidChangeTextDocument, ({ document }) => {
        if (documents.includes(document) && document.getText() === other) reloaded.add(document);
        return reloaded.size === documents.length;
      });
      for (const each of paths) await writeFile(each, other);
      await all;
    });
    assert.equal(told.length, 1);
    const [path = '', summary] = told[0]?.split('\n') ?? [];
    assert.ok(paths.includes(path), path);
    const removed = FILE.split('\n').length * paths.length;
    assert.equal(summary, `+${300 * paths.length} −${removed} lines in 12 files: export const other0 = 0; …`);
  });

  test('a name that is renamed in many files is one line, in a few files an edit each', async () => {
    const api = await readySession();
    const paths = Array.from({ length: 5 }, (_, number) => `src/renamed${number}.ts`);
    for (const each of paths) await writeFile(each, FILE);
    for (const each of paths) await vscode.workspace.openTextDocument(inWorkspace(each));
    const rename = async (files: readonly string[], from: string, to: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      const start = FILE.split('\n').findIndex((line) => line.startsWith('export function'));
      const column = 'export function '.length;
      for (const each of files)
        edit.replace(inWorkspace(each), new vscode.Range(start, column, start, column + from.length), to);
      await vscode.workspace.applyEdit(edit);
    };
    const line = (name: string): string => `export function ${name}(order: Order): Item | undefined {`;
    assert.deepEqual(await edits(api, () => rename(paths, 'first', 'oldest')), [
      `src/renamed0.ts\n+5 −5 lines in 5 files: ${line('oldest')} …`,
    ]);
    const few = await edits(api, () => rename(paths.slice(0, 2), 'oldest', 'newest'));
    assert.deepEqual(
      few.map((text) => text.split('\n').filter((each) => /^[+-]/.test(each))),
      [0, 1].map(() => [`-${line('oldest')}`, `+${line('newest')}`]),
    );
  });

  test('an event costs the host at most a millisecond in a file of 10,000 lines', async function () {
    this.timeout(180_000);
    const api = await readySession();
    await writeFile('src/large.ts', FILE.repeat(Math.ceil(10_000 / (FILE.split('\n').length - 1))));
    const shown = await open('src/large.ts');
    assert.ok(shown.document.lineCount >= 10_000, `${shown.document.lineCount} lines`);
    await edits(api, () => typeAtEndOf(shown, 6, ' // warm'));
    const rounds: CostSummary[] = [];
    // Another process on the machine may take its turn in the middle of a handler, which only adds: the best round counts.
    while (rounds.length < ROUNDS && !rounds.some(({ p99 }) => p99 <= BUDGET)) {
      api.changeCost.start();
      await edits(api, async () => {
        for (const line of [6, 5_000, 9_990])
          await typeAtEndOf(shown, line, ' // typed while it is measured, a longer text');
      });
      rounds.push(api.changeCost.stop());
    }
    const figures = rounds
      .map(({ p50, p99, events }) => `p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms, ${events} events`)
      .join('; ');
    if (this.test) this.test.title += `: ${figures}`;
    assert.ok(
      rounds.every(({ events }) => events >= 100),
      figures,
    );
    assert.ok(Math.min(...rounds.map(({ p99 }) => p99)) <= BUDGET, figures);
  });
});
