import { describe, expect, test } from 'vitest';
import { splitAtCursor } from '../../../../extension/completion/cursorContext.js';
import { toSuggestion } from '../../../../extension/completion/pipeline.js';

/**
 * A case is a text with `▮` at the cursor and what the model wrote there; the result is the text as it would be after
 * accepting, or undefined when nothing is offered.
 */
function accepted(text: string, raw: string): string | undefined {
  const [before = '', after = ''] = text.split('▮');
  const suggestion = toSuggestion(raw, splitAtCursor(before, after));
  return suggestion && `${before}${suggestion.text}${after.slice(suggestion.replaces)}`;
}

describe('toSuggestion', () => {
  test.each<[string, string, string, string | undefined]>([
    ['shows what fits', 'const a = ▮', '1;', 'const a = 1;'],
    ['shows several lines', 'function f() {▮', '\n  return 1;\n}', 'function f() {\n  return 1;\n}'],
    ['shows nothing for nothing', 'const a = ▮', '', undefined],
    ['shows nothing for white space', 'const a = ▮', '  \n\t\n', undefined],
    ['drops white space at the end', 'const a = ▮', '1;  \n\n', 'const a = 1;'],
    ['takes line ends of any kind', 'f(▮', 'a);\r\ng();', 'f(a);\ng();'],

    ['stops at control tokens', 'a = ▮', '1;<|endoftext|>b = 2;', 'a = 1;'],
    ['stops at FIM tokens', 'a = ▮', '1;<|fim_pad|>', 'a = 1;'],
    ['stops at DeepSeek tokens', 'a = ▮', '1;<｜fim▁end｜>x', 'a = 1;'],
    ['stops at CodeLlama tokens', 'a = ▮', '1;<EOT>', 'a = 1;'],
    ['keeps generics and tags', 'const a = ▮', 'new Map<string>();', 'const a = new Map<string>();'],
    ['keeps bitwise code', 'a = b ▮', '<| c;', 'a = b <| c;'],
    ['takes code out of a fence', 'a = ▮', '```ts\n1;\n```', 'a = 1;'],

    ['one line before a tail', 'const a = ▮ + b;', '1\nconst c = 2;', 'const a = 1 + b;'],
    ['several lines before closers', 'it("x", () => {▮});', '\n  run();\n', 'it("x", () => {\n  run();});'],

    ['stops at the next line of the file', 'a();\n▮\nc();\n', 'b();\nc();\nd();', 'a();\nb();\nc();\n'],
    ['stops at the next line after blank ones', 'a();\n▮\n\n\nc();', 'b();\nc();', 'a();\nb();\n\n\nc();'],
    ['shows nothing that only repeats the next line', 'a();\n▮\nc();', 'c();', undefined],
    ['stops at a closing line that is there', 'if (x) {\n  ▮\n}', 'y();\n}', 'if (x) {\n  y();\n}'],
    [
      'keeps a closing line of another block',
      'if (x) {\n  ▮\n}',
      'for (;;) {\n    y();\n  }\n}',
      'if (x) {\n  for (;;) {\n    y();\n  }\n}',
    ],

    ['replaces a bracket that was closed already', 'f(▮)', 'a, b)', 'f(a, b)'],
    ['replaces brackets with what follows', 'f(▮)', 'a, b);', 'f(a, b);'],
    ['replaces bracket and semicolon', 'f(▮);', 'a, b);', 'f(a, b);'],
    ['replaces two brackets', 'f(g(▮))', 'a))', 'f(g(a))'],
    ['replaces the one bracket that is repeated', 'f(g(▮))', 'a)', 'f(g(a))'],
    ['leaves brackets that the text opened', 'f(▮)', 'g(a)', 'f(g(a))'],
    ['leaves brackets in strings', 'f(▮)', '")"', 'f(")")'],
    ['replaces the brace of a block', 'if (x) {▮}', '\n  y();\n}', 'if (x) {\n  y();\n}'],
    ['closes what is open', 'f(▮', 'a);', 'f(a);'],
    ['shows nothing that says only the bracket that is there', 'f(a▮)', ')', undefined],
    ['keeps an apostrophe in prose', '// don▮)', "'t do it", "// don't do it)"],

    ['drops what stands behind the cursor already', 'const ▮ = 1;', 'total = 1;', 'const total = 1;'],
    ['drops the beginning of what stands behind', 'return ▮ + offset;', 'base + off', 'return base + offset;'],

    ['drops the line above once more', 'const total = 1;\n▮', 'const total = 1;', undefined],
    ['drops the line above, half typed', 'const total = 1;\ncons▮', 't total = 1;', undefined],
    ['keeps a bracket line like the one above', '  }\n▮', '}', '  }\n}'],

    ['stops going in circles', 'a();\n▮', 'b(1);\nc(2);\nb(1);\nc(2);\nb(1);\nc(2);', 'a();\nb(1);'],
    ['says a statement once', '▮x', '', undefined],
    [
      'says a statement once in a row',
      'a();\n▮',
      'total += price;\ntotal += price;\ntotal += price;',
      'a();\ntotal += price;',
    ],
    ['keeps short lines twice', 'x = [\n▮', '  0,\n  0,\n];', 'x = [\n  0,\n  0,\n];'],

    ['stops where the block ends', 'def f():\n    ▮', 'return 1\n\ndef g():\n    return 2', 'def f():\n    return 1'],
    ['stops at a dedent', '  a();\n  ▮', 'b();\n}\nfunction g() {', '  a();\n  b();'],
    ['stops at two empty lines', '▮', 'a();\n\n\nb();', 'a();'],
    ['keeps one empty line', '▮', 'a();\n\nb();', 'a();\n\nb();'],

    ['drops indentation that is there already', 'f() {\n  ▮', '  a();', 'f() {\n  a();'],
    ['drops a space that is there already', 'const a = ▮', ' 1;', 'const a = 1;'],
    ['keeps a space that is not', 'const a =▮', ' 1;', 'const a = 1;'],
    ['keeps deeper indentation', 'f(\n▮', '  a,\n  b,\n);', 'f(\n  a,\n  b,\n);'],
  ])('%s', (_, text, raw, result) => {
    expect(accepted(text, raw)).toBe(result);
  });
});
