import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventsOf, journal, next, readySession, set, typeAtEndOf } from '../session.js';

/** A window with the folders `garden` and `shop`. */
suite('several roots', () => {
  suiteSetup(() => set('edits.settleDelay', 60_000));
  suiteTeardown(() => set('edits.settleDelay', undefined));
  teardown(closeAll);

  const TEXT = 'export function price(): number {\n  return 1;\n}\n';

  async function openIn(root: string, path: string): Promise<vscode.TextEditor> {
    const folder = vscode.workspace.workspaceFolders?.find(({ name }) => name === root);
    assert.ok(folder, root);
    const uri = vscode.Uri.joinPath(folder.uri, path);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(TEXT));
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  test('one session for all of them, and paths that begin with their root', async () => {
    const api = await readySession();
    const told = await eventsOf(api, 'edit', async () => {
      for (const root of ['garden', 'shop']) await typeAtEndOf(await openIn(root, 'src/price.ts'), 1, ' // x');
    });
    assert.deepEqual(
      told.map((text) => text.split('\n')[0]),
      ['garden/src/price.ts › function price', 'shop/src/price.ts › function price'],
    );
    assert.match(told[1] ?? '', /\n- {2}return 1;\n\+ {2}return 1; \/\/ x\n/);
  });

  test('outlines are told with their root too', async () => {
    const api = await readySession();
    const outline = next(
      api.engine.onDidAddEvent,
      ({ kind, title }) => kind === 'outline' && title.endsWith('/tax.ts'),
    );
    await openIn('shop', 'src/tax.ts');
    assert.equal((await outline).text, 'shop/src/tax.ts\n function price(): number');
  });

  test('each root has its own ignore rules', async () => {
    const api = await readySession();
    const told = await eventsOf(api, 'edit', async () => {
      for (const root of ['garden', 'shop']) await typeAtEndOf(await openIn(root, 'private/plan.ts'), 1, ' // x');
    });
    assert.deepEqual(
      told.map((text) => text.split('\n')[0]),
      ['garden/private/plan.ts › function price'],
    );
    const left = api.edits.leftOut.files.filter(({ name }) => name.endsWith('plan.ts'));
    assert.deepEqual(left, [{ reason: 'ignored', name: 'shop/private/plan.ts', count: 1 }]);
    assert.ok(!(await journal(api)).some(({ title, text }) => `${title}${text}`.includes('shop/private')));
  });
});
