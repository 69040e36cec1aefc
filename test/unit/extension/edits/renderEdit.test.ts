import { describe, expect, test } from 'vitest';
import { DocumentShadow } from '../../../../extension/edits/documentShadow.js';
import { renderEdits } from '../../../../extension/edits/renderEdit.js';
import { hasSecret } from '../../../../extension/edits/secretText.js';
import { findSymbolsByIndentation } from '../../../../extension/edits/symbols.js';

/** What one change of a file becomes. */
const EDIT_LIMITS = { lines: 40, characters: 1_600, edits: 4 };

function edits(before: string, after: string, limits = EDIT_LIMITS): string[] {
  const shadow = new DocumentShadow(before);
  return renderEdits('src/cart.ts', shadow.settleAll(after), findSymbolsByIndentation, limits).map(({ text }) => text);
}

const CART = `import { Item } from './item';

export class Cart {
  items: Item[] = [];

  total(): number {
    let sum = 0;
    for (const item of this.items) sum += item.price;
    return sum;
  }

  clear() {
    this.items = [];
  }
}

export function empty(cart: Cart): boolean {
  return cart.items.length === 0;
}
`;

describe('renderEdits', () => {
  test('the example of the stream format', () => {
    expect(edits(CART, CART.replace('item.price;', 'item.price * item.count;'))).toEqual([
      `src/cart.ts › class Cart › method total
     let sum = 0;
-    for (const item of this.items) sum += item.price;
+    for (const item of this.items) sum += item.price * item.count;
     return sum;`,
    ]);
  });

  test('no change is no edit, whatever the line ends', () => {
    expect(edits(CART, CART)).toEqual([]);
    expect(edits(CART, CART.replaceAll('\n', '\r\n'))).toEqual([]);
  });

  test('blank lines alone are no edit', () => {
    expect(edits(CART, CART.replace('\n\n', '\n\n\n\n'))).toEqual([]);
  });

  test('a new file', () => {
    expect(edits('', 'const a = 1;\nconst b = 2;\n')).toEqual(['src/cart.ts\n+const a = 1;\n+const b = 2;']);
  });

  test('everything deleted', () => {
    expect(edits('const a = 1;\n', '')).toEqual(['src/cart.ts\n-const a = 1;']);
  });

  test('a line without a line end at the end of the file', () => {
    expect(edits('a\nb', 'a\nb\nc')).toEqual(['src/cart.ts\n b\n+c']);
  });

  test('a new method does not enclose itself', () => {
    const after = CART.replace('  clear() {', '  count(): number {\n    return this.items.length;\n  }\n\n  clear() {');
    expect(edits(CART, after)).toEqual([
      `src/cart.ts › class Cart
   }
+  count(): number {
+    return this.items.length;
+  }
   clear() {`,
    ]);
  });

  test('a changed signature is inside what it declares', () => {
    expect(edits(CART, CART.replace('empty(cart: Cart)', 'empty(cart: Cart | undefined)'))).toEqual([
      `src/cart.ts › function empty
 }
-export function empty(cart: Cart): boolean {
+export function empty(cart: Cart | undefined): boolean {
   return cart.items.length === 0;`,
    ]);
  });

  test('two places of one method are one edit, places of two are two', () => {
    const one = CART.replace('let sum = 0', 'let sum = 1').replace('return sum', 'return sum + 1');
    expect(edits(CART, one)).toEqual([
      `src/cart.ts › class Cart › method total
   total(): number {
-    let sum = 0;
+    let sum = 1;
     for (const item of this.items) sum += item.price;
-    return sum;
+    return sum + 1;
   }`,
    ]);
    const two = CART.replace('let sum = 0', 'let sum = 1').replace('this.items = []', 'this.items.length = 0');
    expect(edits(CART, two).map((text) => text.split('\n')[0])).toEqual([
      'src/cart.ts › class Cart › method total',
      'src/cart.ts › class Cart › method clear',
    ]);
  });

  test('hunks that are apart are separated', () => {
    const before = Array.from({ length: 12 }, (_, line) => `line ${line}`).join('\n');
    expect(edits(before, before.replace('line 2', 'LINE 2').replace('line 9', 'LINE 9'))).toEqual([
      `src/cart.ts
 line 1
-line 2
+LINE 2
 line 3
…
 line 8
-line 9
+LINE 9
 line 10`,
    ]);
  });

  test('a paste is told in one line', () => {
    const paste = Array.from({ length: 120 }, (_, line) => `  call(${line});`).join('\n');
    expect(edits('a\nb\nc\nd\n', `a\n${paste}\nd\n`)).toEqual(['src/cart.ts\n+120 −2 lines: call(0); …']);
  });

  test('a change all over the file is told in one line', () => {
    const before = Array.from({ length: 30 }, (_, n) => `function f${n}() {\n  return ${n};\n}\n`).join('\n');
    const after = before.replaceAll('return ', 'return 1 + ');
    expect(edits(before, after)).toEqual(['src/cart.ts\n+30 −30 lines: return 1 + 0; …']);
  });

  test('one endless line is cut, and the cut edit is small', () => {
    const [text = ''] = edits('', `x = "${'y'.repeat(100_000)}"`);
    expect(text.length).toBeLessThan(200);
    expect(text.endsWith('…')).toBe(true);
  });

  test('a file that was exchanged altogether does not take long', () => {
    const lines = (name: string): string => Array.from({ length: 10_000 }, (_, n) => `${name} ${n * 7}`).join('\n');
    const begin = performance.now();
    expect(edits(lines('old'), lines('new'))).toEqual(['src/cart.ts\n+10000 −10000 lines: new 0 …']);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  test('every line of the file stays findable in the lines that are searched for secrets', () => {
    const shadow = new DocumentShadow('a\n');
    const long = 'k'.repeat(500);
    const [edit] = renderEdits(
      'x',
      shadow.settleAll(`a\n${'\n'.repeat(60)}${'x\n'.repeat(60)}${long}\n`),
      findSymbolsByIndentation,
      EDIT_LIMITS,
    );
    expect(edit?.text).not.toContain(long);
    expect(edit?.lines).toContain(long);
  });

  test('a line that is cut is searched for secrets as a whole', () => {
    const around = `  label: "${'l'.repeat(200)}",`;
    const removed = `  clientSecret: "${'aZ3kQ9xV7mB2nL8pR5tY1wD4'.repeat(8)}",`;
    const added = `  clientSecret: "${'4Dw1Yt5Rp8Ln2Bm7Vx9Qk3Za'.repeat(8)}",`;
    const shadow = new DocumentShadow(`${around}\n${removed}\n}\n`);
    const [edit] = renderEdits(
      'x',
      shadow.settleAll(`${around}\n${added}\n}\n`),
      findSymbolsByIndentation,
      EDIT_LIMITS,
    );
    expect(edit?.text).not.toContain(added);
    expect(edit?.lines).toEqual([around, removed, added, '}']);
    expect(hasSecret(edit?.lines.join('\n') ?? '')).toBe(true);
  });
});

test('a construct beside another one of the same name does not lie in it', () => {
  const before = 'class Box {\n  set(a: number) {\n    this.a = a;\n  }\n}\n';
  const after = before.replace('  }\n', '  }\n  set(a: string) {\n    this.b = a;\n  }\n');
  expect(edits(before, after)[0]).toMatch(/^src\/cart.ts › class Box\n/);
});

describe('what an edit lies in', () => {
  const titleOf = (before: string, after: string): string | undefined => edits(before, after)[0]?.split('\n')[0];

  test.each([
    [
      'a line that has the name of its method in it',
      '    return sum;',
      '    total += 1;\n    return sum;',
      'method total',
    ],
    ['one that only begins like it', '    return sum;', '    const totals = [];\n    return sum;', 'method total'],
    ['the method calls itself', '    let sum = 0;', '    this.total();\n    let sum = 0;', 'method total'],
  ])('%s', (_, line, changed, symbol) => {
    const after = CART.replace(line, changed);
    expect(titleOf(CART, after)).toBe(`src/cart.ts › class Cart › ${symbol}`);
    // Taken out again.
    expect(titleOf(after, CART)).toBe(`src/cart.ts › class Cart › ${symbol}`);
  });

  test.each([
    [
      'a method',
      '  clear() {\n    this.items = [];\n  }\n',
      '  clear() {\n    this.items = [];\n  }\n\n  size() {\n    return 1;\n  }\n',
      ' › class Cart',
    ],
    [
      'a function at the end',
      'cart.items.length === 0;\n}\n',
      'cart.items.length === 0;\n}\n\nfunction last() {\n  return 1;\n}\n',
      '',
    ],
    ['a class at the top', `import { Item }`, 'class First {\n  a = 1;\n}\nimport { Item }', ''],
  ])('%s that came or went as a whole is not around itself', (_, at, changed, symbols) => {
    const after = CART.replace(at, changed);
    expect(titleOf(CART, after)).toBe(`src/cart.ts${symbols}`);
    expect(titleOf(after, CART)).toBe(`src/cart.ts${symbols}`);
  });
});
