import { expect, test } from 'vitest';
import { pageSize } from '../../../../extension/panel/pageSize.js';

test.each([
  [{ before: 900 }, 50],
  [{ before: 900, reach: 890 }, 50],
  [{ before: 900, reach: 700 }, 225],
  [{ before: 90_000, reach: 1 }, 2000],
])('a page for %o has %i events', (wanted, size) => {
  expect(pageSize(wanted)).toBe(size);
});
