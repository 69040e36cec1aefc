import { describe, expect, test } from 'vitest';
import type { EngineState, ModelView, WindowView } from '../../../../inference/views.js';
import { short, statusOf } from '../../../../extension/status/statusText.js';

const model = {} as ModelView;
const window = { used: 1_234, capacity: 2_048 } as WindowView;
const error = { code: 'internal', message: 'x', remedies: [] } as const;

describe('statusOf', () => {
  test.each<[EngineState, boolean, ReturnType<typeof statusOf>]>([
    [{ phase: 'starting', detail: 'x' }, false, { icon: 'loading' }],
    [{ phase: 'restarting', attempt: 1, error }, false, { icon: 'loading' }],
    [{ phase: 'failed', error }, true, { icon: 'failed' }],
    [{ phase: 'ready', model }, false, { icon: 'ready', fill: '1.2k/2k' }],
    [{ phase: 'ready', model }, true, { icon: 'paused', fill: '1.2k/2k' }],
    [{ phase: 'answering', model, replyId: 1 }, true, { icon: 'answering', fill: '1.2k/2k' }],
  ])('%o, edits paused: %s', (state, paused, status) => {
    expect(statusOf(state, window, paused)).toEqual(status);
  });

  test('shows no fill before there is a window', () => {
    expect(statusOf({ phase: 'ready', model }, undefined, false)).toEqual({ icon: 'ready' });
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
