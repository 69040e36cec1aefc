import { describe, expect, test } from 'vitest';
import { beginsWith, type Head } from '../../../inference/session/head.js';
import type { SavedSpan } from '../../../inference/store/checkpoints.js';

const span = (kind: string, tokens: number[], pinned: boolean, cut = 0): SavedSpan => ({
  kind,
  title: '',
  at: 0,
  pinned,
  group: -1,
  opening: 0,
  cut,
  superseded: false,
  tokens,
});
const edit = span('edit', [7, 8], false);
const sink: Head = { tokens: [1, 2, 3, 4], sinks: 1, pinned: true };
const windowed: Head = { tokens: [1, 2, 3, 4], sinks: 0, pinned: false };

describe('a saved window', () => {
  const saved = [span('sink', [1], true), span('system', [2, 3, 4], true), edit];

  test('begins as the stream does', () => {
    expect(beginsWith(saved, sink)).toBe(true);
    expect(beginsWith([span('system', [1, 2, 3, 4], true), edit], { ...sink, sinks: 0 })).toBe(true);
  });

  test.each([
    ['another number of sinks', { ...sink, sinks: 2 }],
    ['no sinks', { ...sink, sinks: 0 }],
    ['another prompt', { ...sink, tokens: [1, 2, 3, 5] }],
    ['a longer prompt', { ...sink, tokens: [1, 2, 3, 4, 5] }],
    ['the policy without sinks', windowed],
  ])('is of no use with %s', (_, head) => {
    expect(beginsWith(saved, head)).toBe(false);
  });

  test('of the policy without sinks may have lost its prompt, and is of no use with sinks', () => {
    const fresh = [span('system', [1, 2, 3, 4], false), edit];
    for (const spans of [fresh, [span('system', [1, 4], false, 2), edit], [edit]]) {
      expect(beginsWith(spans, windowed)).toBe(true);
      expect(beginsWith(spans, sink)).toBe(false);
    }
    expect(beginsWith(fresh, { ...windowed, tokens: [1, 2, 3, 5] })).toBe(false);
  });
});
