import { expect, test } from 'vitest';
import { wholeText } from '../../../inference/session/wholeText.js';

test.each([
  ['total = sum(ite', 'total = sum('],
  ['total = sum(items);', 'total = sum(items);'],
  ['grüß', ''],
  ['$fir', ''],
  ['a();\n  b();\n  c', 'a();\n  b();'],
  ['a();\n', 'a();'],
  ['\n  ha', ''],
  ['', ''],
])('of %j %j is whole', (cut, whole) => {
  expect(wholeText(cut)).toBe(whole);
});
