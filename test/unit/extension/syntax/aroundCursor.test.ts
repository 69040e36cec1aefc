import { describe, expect, test } from 'vitest';
import { lengthOfConstruct, placeOf } from '../../../../extension/syntax/aroundCursor.js';
import { grammarOf } from './testGrammars.js';

describe('a completion ends with the construct that it continues', () => {
  test.each([
    ['javascript', 'function f() {▮', '\n  a();\n}\n\nfunction g() {}', '\n  a();\n}'],
    ['javascript', 'const a = ▮', '1;\nconst b = 2;', '1;'],
    ['javascript', 'function f() {\n  ▮', 'a();\n  b();\n}\nc();', 'a();\n  b();\n}'],
    ['javascript', 'function f() {\n  ▮\n}\n', 'a();\n  b();', 'a();\n  b();'],
    ['javascript', 'if (a) {▮', '\n  b();\n} else {\n  c();\n}\nd();', '\n  b();\n} else {\n  c();\n}'],
    ['javascript', '▮', 'a();\nb();', 'a();\nb();'],
    ['javascript', 'a();▮', '\nb();', '\nb();'],
    ['typescript', 'class A {\n  m(): void {▮', '\n    b();\n  }\n\n  n(): void {}\n}\n', '\n    b();\n  }'],
    ['javascript', 'a\n  .b▮', '(c)\n  .d();\ne();', '(c)\n  .d();\ne();'],
    ['python', 'def f():\n    ▮', 'return 1\n\ndef g():\n    return 2', 'return 1'],
    ['go', 'func f() int {▮', '\n\treturn 1\n}\n\nfunc g() {}', '\n\treturn 1\n}'],
    ['rust', 'fn f() -> u8 {▮', '\n    1\n}\n\nfn g() {}', '\n    1\n}'],
  ])('%s: %j', async (language, code, text, kept) => {
    const [before = '', after = ''] = code.split('▮');
    const grammar = await grammarOf(language);
    expect(text.slice(0, lengthOfConstruct(grammar, before, text, after))).toBe(kept);
  });
});

describe('the place of the cursor', () => {
  test.each([
    ['javascript', 'a(); // not ▮', 'comment'],
    ['javascript', '/* not ▮ */ a();', 'comment'],
    ['javascript', 'a("b▮");', 'string'],
    ['javascript', 'a(`b ${c▮} d`);', 'code'],
    ['javascript', 'a(`b▮`);', 'string'],
    ['javascript', 'a(b▮);', 'code'],
    ['python', '# not ▮\n', 'comment'],
    ['python', 'a = "b▮"', 'string'],
    ['go', 'a := "b▮"', 'string'],
    ['css', '/* a▮ */', 'comment'],
  ])('%s: %s', async (language, code, place) => {
    const [before = '', after = ''] = code.split('▮');
    expect(placeOf(await grammarOf(language), before, after)).toBe(place);
  });
});
