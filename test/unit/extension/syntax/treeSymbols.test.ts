import { describe, expect, test } from 'vitest';
import { PARSED_LANGUAGES } from '../../../../extension/syntax/grammars.js';
import { SyntaxTree } from '../../../../extension/syntax/syntaxTree.js';
import { outlineOf, symbolsAt } from '../../../../extension/syntax/treeSymbols.js';
import { grammarOf, grammars } from './testGrammars.js';

const OUTLINE_LIMITS = { lines: 24, characters: 1_000 };

/** As an outline is told: a blank before each line. */
const afterABlank = (outline: string): string => outline.replace(/^/gm, ' ');

interface Case {
  readonly language: string;
  /** With `▮` on the line whose symbols are looked up. */
  readonly text: string;
  readonly symbols: string;
  readonly outline: string;
}

const CASES: readonly Case[] = [
  {
    language: 'typescript',
    text: `import { Item } from './item';
import type {
  Price,
} from './price';

export abstract class Cart<T> extends Base {
  items: Item[] = [];
  private readonly add = (item: Item): void => {
    this.items.push(item);
  };

  async total(
    currency: string,
    rate = 1,
  ): Promise<number> {
    const inner = () => {
      return 1; ▮
    };
    if (a) {
    }
  }
}

export const empty = (cart: Cart): boolean => cart.items.length === 0;
export default function load() {}
interface Shape { area(): number }
`,
    symbols: 'class Cart › method total › function inner',
    outline: `import { Item } from './item'
import type { Price, } from './price'
abstract class Cart<T> extends Base
  private readonly add = (item: Item): void
  async total( currency: string, rate = 1, ): Promise<number>
const empty = (cart: Cart): boolean
function load()
interface Shape
  area(): number`,
  },
  {
    language: 'typescriptreact',
    text: 'export function App() {\n  return <p>▮</p>;\n}\n',
    symbols: 'function App',
    outline: 'function App()',
  },
  {
    language: 'javascript',
    text: "const fs = require('fs');\nclass A {\n  *walk() {\n    yield 1; ▮\n  }\n}\n",
    symbols: 'class A › method walk',
    outline: "const fs = require('fs')\nclass A\n  *walk()",
  },
  {
    language: 'python',
    text: 'import os\nfrom a import b\n\nclass Cart(Base):\n    @cached\n    def total(self) -> int:\n        x = 1 ▮\n        return x\n\nasync def main():\n    pass\n',
    symbols: 'class Cart › method total',
    outline: 'import os\nfrom a import b\nclass Cart(Base)\n  def total(self) -> int\nasync def main()',
  },
  {
    language: 'go',
    text: 'package shop\n\nimport (\n\t"fmt"\n)\n\ntype Cart struct {\n\tn int\n}\n\nfunc (c *Cart) Total() int {\n\treturn c.n ▮\n}\n\nfunc main() {}\n',
    symbols: 'method Total',
    outline: '"fmt"\ntype Cart struct\nfunc (c *Cart) Total() int\nfunc main()',
  },
  {
    language: 'rust',
    text: 'use std::fmt;\n\npub struct Cart<T> { n: T }\n\nimpl<T> fmt::Display for Cart<T> {\n    fn fmt(&self) -> u8 {\n        1 ▮\n    }\n}\n\nmod tests {\n    fn works() {}\n}\n',
    symbols: 'impl Cart › method fmt',
    outline:
      'use std::fmt\npub struct Cart<T>\nimpl<T> fmt::Display for Cart<T>\n  fn fmt(&self) -> u8\nmod tests\n  fn works()',
  },
  {
    language: 'java',
    text: 'import java.util.List;\n\npublic class Cart {\n  public Cart() {}\n  int total(List<Item> items) throws Broken {\n    return 1; ▮\n  }\n}\n',
    symbols: 'class Cart › method total',
    outline: 'import java.util.List\npublic class Cart\n  public Cart()\n  int total(List<Item> items) throws Broken',
  },
  {
    language: 'cpp',
    text: '#include <vector>\nnamespace shop {\nclass Cart {\n  int total() const { return 1; }\n};\nint Cart::count() {\n  return 2; ▮\n}\n}\n',
    symbols: 'namespace shop › function Cart::count',
    outline: '#include <vector>\nnamespace shop\n  class Cart\n    int total() const\n  int Cart::count()',
  },
  {
    language: 'c',
    text: '#include "a.h"\nstatic char *name(int n) {\n  return 0; ▮\n}\n',
    symbols: 'function name',
    outline: '#include "a.h"\nstatic char *name(int n)',
  },
  {
    language: 'c',
    text: '#include <a.h>\ntypedef struct {\n  int x; ▮\n} point;\nstruct line { point a; };\nunion any { int i; };\nenum hue { RED };\ntypedef enum { ON } state;\nint (*pick(int n))(void) { return 0; }\n',
    symbols: 'struct point',
    outline: '#include <a.h>\ntypedef struct\nstruct line\nunion any\nenum hue\ntypedef enum\nint (*pick(int n))(void)',
  },
  {
    language: 'html',
    text: '<!doctype html>\n<html>\n  <head>\n    <script>let a;</script>\n  </head>\n  <body>\n    <main id="list">\n      <h1>Hi</h1>\n      <p>▮</p>\n    </main>\n  </body>\n</html>\n',
    symbols: 'element body › element main',
    outline: '<head>\n  <script>let a;</script>\n<body>\n  <main id="list">',
  },
  {
    language: 'json',
    text: '{\n  "name": "shop",\n  "scripts": {\n    "lint": { "fix": true ▮ }\n  },\n  "files": ["dist"]\n}\n',
    symbols: 'property scripts › property lint',
    outline: '"scripts"\n  "lint"\n"files": ["dist"]',
  },
  {
    language: 'jsonc',
    text: '{\n  // Of the compiler.\n  "options": {\n    "strict": true, ▮\n  },\n}\n',
    symbols: 'property options',
    outline: '"options"',
  },
  {
    language: 'csharp',
    text: 'using System;\nnamespace Shop {\n  class Cart {\n    int Total() {\n      return 1; ▮\n    }\n  }\n}\n',
    symbols: 'namespace Shop › class Cart › method Total',
    outline: 'using System\nnamespace Shop\n  class Cart\n    int Total()',
  },
  {
    language: 'ruby',
    text: "require 'set'\nmodule Shop\n  class Cart\n    def total\n      1 ▮\n    end\n  end\nend\n",
    symbols: 'module Shop › class Cart › method total',
    outline: "require 'set'\nmodule Shop\n  class Cart\n    def total",
  },
  {
    language: 'php',
    text: '<?php\nuse Shop\\Item;\nclass Cart {\n  public function total(): int {\n    return 1; ▮\n  }\n}\n',
    symbols: 'class Cart › method total',
    outline: 'use Shop\\Item\nclass Cart\n  public function total(): int',
  },
  {
    language: 'shellscript',
    text: 'build() {\n  make ▮\n}\nfunction clean {\n  rm -r out\n}\n',
    symbols: 'function build',
    outline: 'build()\nfunction clean',
  },
  {
    language: 'css',
    text: "@import 'a.css';\n.cart,\n.shop {\n  color: red; ▮\n}\n@media print { p { color: black } }\n",
    symbols: 'rule .cart, .shop',
    outline: "@import 'a.css'\n.cart, .shop\n@media print",
  },
];

async function treeOf({ language, text }: Case) {
  const grammar = await grammarOf(language);
  const plain = text.replace(' ▮', '').replace('▮', '');
  const tree = new SyntaxTree(grammar).parse(plain, 10_000);
  if (!tree) throw new Error('not parsed in time');
  return { grammar, tree, plain };
}

describe.each(CASES)('$language', (each) => {
  test('symbols around a line', async () => {
    const { grammar, tree } = await treeOf(each);
    const line = each.text.slice(0, each.text.indexOf('▮')).split('\n').length - 1;
    const symbols = symbolsAt(tree, grammar, line);
    expect(symbols.map(({ kind, name }) => `${kind} ${name}`).join(' › ')).toBe(each.symbols);
  });

  test('outline', async () => {
    const { grammar, tree, plain } = await treeOf(each);
    expect(outlineOf(tree, grammar, plain, OUTLINE_LIMITS)).toBe(afterABlank(each.outline));
  });
});

test('each language that has a grammar can be loaded, each of the others goes without', async () => {
  for (const language of PARSED_LANGUAGES) expect(await grammars.load(language)).toBeDefined();
  expect(await grammars.load('plaintext')).toBeUndefined();
});
