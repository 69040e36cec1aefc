import { describe, expect, test } from 'vitest';
import { eventFolds } from '../../../../extension/commands/eventFolds.js';

describe('eventFolds', () => {
  test('folds each event to its first line, up to the line where the next begins', () => {
    expect(
      eventFolds(['<|system|>one line<|end|>', '<|edit|>a.ts\n-old\n+new<|end|>', '<|user|>b\nc\nd<|end|>']),
    ).toEqual([
      { start: 0, end: 1 },
      { start: 2, end: 3 },
    ]);
  });

  test('an event that ends its line keeps all of its lines', () => {
    expect(eventFolds(['user\nWhy?\nHow?\n', 'assistant\n'])).toEqual([{ start: 0, end: 2 }]);
  });
});
