import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What VS Code keeps of a page that is hidden. */
let kept: unknown;

beforeEach(() => {
  kept = undefined;
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: () => undefined,
    getState: () => kept,
    setState: (state: unknown) => (kept = structuredClone(state)),
  }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page is thrown away when it is hidden, with all of its modules. */
async function shown() {
  vi.resetModules();
  return import('../../../webview-ui/state/store.js');
}

const attachment = { label: 'a.ts', text: 'a.ts\ncode', tokens: 5 };

test('hiding and showing the panel loses nothing of the composer', async () => {
  const { dispatch, receive } = await shown();
  dispatch({ type: 'typed', draft: 'Half a que' });
  receive({ type: 'attached', attachment });
  const { panel } = await shown();
  expect([panel.draft.value, panel.attachments.value]).toEqual(['Half a que', [attachment]]);
});

test('nor of what a text of the host covers, which comes back on the next page', async () => {
  const { dispatch, receive } = await shown();
  dispatch({ type: 'typed', draft: 'Half a que' });
  receive({ type: 'attached', attachment });
  receive({ type: 'compose', text: 'Explain.', send: true });
  const { panel, dispatch: type } = await shown();
  expect([panel.draft.value, panel.attachments.value]).toEqual(['Explain.', []]);
  type({ type: 'typed', draft: '' });
  expect([panel.draft.value, panel.attachments.value]).toEqual(['Half a que', [attachment]]);
});

test('what has gone does not come back', async () => {
  const { dispatch, receive } = await shown();
  receive({ type: 'attached', attachment });
  dispatch({ type: 'detached', index: 0 });
  expect((await shown()).panel.attachments.value).toEqual([]);
});
