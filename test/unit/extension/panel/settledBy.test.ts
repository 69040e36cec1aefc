import { expect, test } from 'vitest';
import { settledBy } from '../../../../extension/panel/settledBy.js';

test('the failure of a question, a recall or an unpin settles it; that of anything else settles nothing', () => {
  expect((['ask', 'recall', 'unpin'] as const).map(settledBy)).toEqual(['question', 'recall', 'unpin']);
  expect((['slash', 'count', 'attach', 'insert', 'find', 'spanText'] as const).map(settledBy)).toEqual(
    Array(6).fill(undefined),
  );
});
