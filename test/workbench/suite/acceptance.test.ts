import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EventCost } from '../../../extension/base/eventCost.js';
import { AcceptanceStats } from '../../../extension/completion/acceptanceStats.js';
import type { AcceptanceView } from '../../../webview-ui/messages.js';
import { closeAll, open, writeFile } from './session.js';

suite('what became of completions', () => {
  teardown(closeAll);

  test('goes on to be counted after the extension was started again', async () => {
    const memory = new KeptMemory();
    await writeFile('src/restarted.ts', 'export const total = ');
    const { document } = await open('src/restarted.ts');
    const counted = async (): Promise<AcceptanceView> => {
      const end = document.positionAt(document.getText().length);
      const stats = new AcceptanceStats(memory, new EventCost());
      stats.show(document, end, ['sum;'], false);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, end, 'sum;');
      await vscode.workspace.applyEdit(edit);
      const { view } = stats;
      stats.dispose();
      return view;
    };
    const first = await counted();
    assert.deepEqual([first.shown, first.accepted, first.characters], [1, 1, 4]);
    assert.deepEqual(await counted(), { ...first, shown: 2, accepted: 2, characters: 8 });
  });
});

/** The memory of a workspace as VS Code keeps it from one start to the next: as text. */
class KeptMemory implements vscode.Memento {
  readonly #texts = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#texts.keys()];
  }

  get<T>(key: string, otherwise?: T): T | undefined {
    const text = this.#texts.get(key);
    return text === undefined ? otherwise : (JSON.parse(text) as T);
  }

  update(key: string, value: unknown): Promise<void> {
    this.#texts.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
