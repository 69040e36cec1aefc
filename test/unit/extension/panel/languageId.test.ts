import { expect, test } from 'vitest';
import { languageId } from '../../../../extension/panel/languageId.js';

const KNOWN = ['typescript', 'typescriptreact', 'shellscript', 'python'];

test.each([
  ['ts', 'typescript'],
  ['TSX', 'typescriptreact'],
  ['bash', 'shellscript'],
  ['python', 'python'],
  ['brainfuck', 'plaintext'],
  ['', 'plaintext'],
])('the language of %j is %s', (name, id) => {
  expect(languageId(name, KNOWN)).toBe(id);
});
