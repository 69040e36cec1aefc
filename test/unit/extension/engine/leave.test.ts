import { expect, test } from 'vitest';
import { Leave } from '../../../../extension/engine/leave.js';

/** What was done, in order. */
function leaving(settle: () => Promise<void>, limit?: number): { readonly leave: Leave; readonly done: string[] } {
  const done: string[] = [];
  const engine = {
    stop: () => Promise.resolve(void done.push('stop')),
    dispose: () => void done.push('dispose'),
  };
  const settleEdits = (): Promise<void> => {
    done.push('take');
    return settle().then(() => void done.push('hand over'));
  };
  return { leave: new Leave(engine, settleEdits, limit), done };
}

test('the engine lives until it has the last edits, though everything else is disposed meanwhile', async () => {
  const { leave, done } = leaving(() => Promise.resolve());
  const left = leave.leave();
  leave.dispose();
  expect(done).toEqual(['take']);
  await left;
  expect(done).toEqual(['take', 'hand over', 'stop', 'dispose']);
});

test('edits that do not reach it in time, or cannot, do not keep it from saving', async () => {
  const late = leaving(() => new Promise(() => undefined), 1);
  await late.leave.leave();
  expect(late.done).toEqual(['take', 'stop', 'dispose']);
  const failing = leaving(() => Promise.reject(new Error('gone')));
  await expect(failing.leave.leave()).rejects.toThrow('gone');
  expect(failing.done).toEqual(['take', 'stop', 'dispose']);
});

test('an extension that was never deactivated takes its engine along', () => {
  const { leave, done } = leaving(() => Promise.resolve());
  leave.dispose();
  expect(done).toEqual(['dispose']);
});
