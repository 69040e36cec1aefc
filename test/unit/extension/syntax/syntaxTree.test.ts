import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SyntaxTree, type TextChange } from '../../../../extension/syntax/syntaxTree.js';
import { grammarOf } from './testGrammars.js';

const START = 'class A {\n  m() {\n    return [1, 2];\n  }\n}\n\nconst f = (x) => `a ${x}`;\n';
const PLENTY = 10_000;

/** A change as the editor would tell it. */
function changeAt(before: string, offset: number, length: number, text: string): TextChange {
  const point = (at: number): [number, number] => {
    const lines = before.slice(0, at).split('\n');
    return [lines.length - 1, lines.at(-1)?.length ?? 0];
  };
  const [startLine, startColumn] = point(offset);
  const [endLine, endColumn] = point(offset + length);
  return { offset, length, text, startLine, startColumn, endLine, endColumn };
}

test('a tree that followed any changes is the tree of the text', async () => {
  const grammar = await grammarOf('javascript');
  const pieces = fc.constantFrom('x', '\n', '{', '}', '(', ')', 'class B {}\n', '`', '"é😀"', '');
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(12), pieces, fc.boolean()), { maxLength: 12 });
  fc.assert(
    fc.property(edits, (steps) => {
      const followed = new SyntaxTree(grammar);
      let text = START;
      followed.parse(text, PLENTY);
      for (const [at, wanted, inserted, parse] of steps) {
        const offset = at % (text.length + 1);
        const length = Math.min(wanted, text.length - offset);
        followed.record([changeAt(text, offset, length, inserted)]);
        text = text.slice(0, offset) + inserted + text.slice(offset + length);
        if (parse) followed.parse(text, PLENTY);
      }
      const anew = new SyntaxTree(grammar);
      expect(followed.parse(text, PLENTY)?.rootNode.toString()).toBe(anew.parse(text, PLENTY)?.rootNode.toString());
      followed.dispose();
      anew.dispose();
    }),
    { numRuns: 200 },
  );
});

test('the changes of one event are those of several cursors, in the text before it', async () => {
  const grammar = await grammarOf('javascript');
  const tree = new SyntaxTree(grammar);
  const text = 'a();\nb();\n';
  tree.parse(text, PLENTY);
  tree.record([changeAt(text, 2, 0, '1'), changeAt(text, 7, 0, '2')]);
  expect(tree.parse('a(1);\nb(2);\n', PLENTY)?.rootNode.toString()).toMatch(/number.*number/);
  tree.dispose();
});

test('a text that changed unnoticed is read anew', async () => {
  const grammar = await grammarOf('javascript');
  const tree = new SyntaxTree(grammar);
  tree.parse('a();\nb();\n', PLENTY);
  expect(tree.parse('a();\r\nb();\r\n', PLENTY)?.rootNode.endIndex).toBe(12);
  tree.dispose();
});

test('a budget that does not suffice yields nothing, and the next call goes on', async () => {
  const grammar = await grammarOf('javascript');
  const tree = new SyntaxTree(grammar);
  const text = START.repeat(2_000);
  let calls = 0;
  while (!tree.parse(text, 1)) calls += 1;
  expect(calls).toBeGreaterThan(0);
  expect(tree.parse(text, PLENTY)?.rootNode.descendantCount).toBe(
    new SyntaxTree(grammar).parse(text, PLENTY)?.rootNode.descendantCount,
  );
  tree.dispose();
});
