import { describe, expect, test } from 'vitest';
import type { EngineState, ModelView, WindowView } from '../../../../inference/views.js';
import { gigabytes, short, statusOf, type SwitchedOff } from '../../../../extension/status/statusText.js';

const model = {} as ModelView;
const window = { used: 1_234, capacity: 2_048 } as WindowView;
const error = { code: 'internal', message: 'x', remedies: [] } as const;

describe('statusOf', () => {
  const on = { edits: false, completions: false };
  const paused = { edits: true, completions: true };
  const snoozed = { edits: false, completions: true };

  test.each<[EngineState, SwitchedOff, ReturnType<typeof statusOf>]>([
    [{ phase: 'starting', detail: 'x' }, on, { icon: 'loading' }],
    [{ phase: 'restarting', attempt: 1, error }, on, { icon: 'loading' }],
    [{ phase: 'failed', error }, paused, { icon: 'failed' }],
    [{ phase: 'ready', model }, on, { icon: 'ready', fill: '1.2k/2k' }],
    [{ phase: 'ready', model }, paused, { icon: 'paused', fill: '1.2k/2k' }],
    [{ phase: 'ready', model }, snoozed, { icon: 'snoozed', fill: '1.2k/2k' }],
    [{ phase: 'answering', model, replyId: 1 }, paused, { icon: 'answering', fill: '1.2k/2k' }],
  ])('%o, switched off: %o', (state, off, status) => {
    expect(statusOf(state, window, off)).toEqual(status);
  });

  test('shows no fill before there is a window', () => {
    expect(statusOf({ phase: 'ready', model }, undefined, on)).toEqual({ icon: 'ready' });
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1k'],
  [1_250, '1.3k'],
  [12_400, '12k'],
  [3_400_000, '3.4M'],
])('short(%d) is %s', (count, text) => {
  expect(short(count)).toBe(text);
});

test('device memory is told in gigabytes', () => {
  expect([400 * 2 ** 20, 24 * 2 ** 30, 139.8 * 2 ** 30].map(gigabytes)).toEqual(['0.4', '24.0', '139.8']);
});
