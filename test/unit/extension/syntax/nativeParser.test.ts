import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Parser as WasmParser } from 'web-tree-sitter';
import { describe, expect, test } from 'vitest';
import { grammarOf } from './testGrammars.js';

const root = resolve(import.meta.dirname, '../../../..');
const require = createRequire(import.meta.url);

/** What is used of the native `tree-sitter`, which comes without types for queries. */
interface NativeNode {
  readonly startIndex: number;
  readonly endIndex: number;
  toString(): string;
}

interface NativeTree {
  readonly rootNode: NativeNode;
}

interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string): NativeTree;
}

interface NativeQuery {
  matches(node: NativeNode): readonly {
    readonly captures: readonly { readonly name: string; readonly node: NativeNode }[];
  }[];
}

interface Native {
  new (): NativeParser;
  readonly Query: new (language: unknown, text: string) => NativeQuery;
}

/** An optional dependency: there is no ready-made one for every platform. */
const native = loadNative();

function loadNative(): Native | undefined {
  try {
    return require('tree-sitter') as Native;
  } catch {
    return undefined;
  }
}

const TEXTS: readonly (readonly [language: string, text: string])[] = [
  ['c', readSource('node_modules/tree-sitter-c/bindings/node/binding.cc')],
  [
    'c',
    '#include <a.h>\n/* Grüße 🌱 */ typedef struct {\n  int x;\n} point;\nstatic int *add(int a) {\n  return &a;\n}\n',
  ],
  ['c', 'enum whole { A };\nint broken(int a {\n  struct half {\n'],
  ['html', '<!doctype html>\n<html><body>🌱<main id="ü"><p>Hi</p></main><script>let a</script></body></html>\n'],
  ['html', '<body><main></main><section><p>not closed'],
  ['json', readSource('package.json')],
  ['json', '{ "ü🌱": { "a": [1, { "b": 2 }] }, "open": { '],
];

function readSource(path: string): string {
  return readFileSync(resolve(root, path), 'utf8');
}

/** Both parsers have a grammar of the same version here: it comes with its package in both forms. */
describe.skipIf(native === undefined)('WebAssembly and native parser agree', () => {
  test.each(TEXTS)('%s: %#', async (language, text) => {
    if (!native) throw new Error('not run without it');
    const grammar = await grammarOf(language);
    const wasm = new WasmParser();
    wasm.setLanguage(grammar.language);
    const tree = wasm.parse(text);
    if (!tree) throw new Error('the parser gave up');

    const nativeLanguage: unknown = require(`tree-sitter-${language}`);
    const parser = new native();
    parser.setLanguage(nativeLanguage);
    const nativeTree = parser.parse(text);
    expect(tree.rootNode.toString()).toBe(nativeTree.rootNode.toString());

    const query = new native.Query(nativeLanguage, readSource(`syntaxes/${language}/symbols.scm`));
    const found = query.matches(nativeTree.rootNode).map(({ captures }) => captures.map(placeOf));
    expect(found.length).toBeGreaterThan(0);
    expect(grammar.symbols.matches(tree.rootNode).map(({ captures }) => captures.map(placeOf))).toEqual(found);
    tree.delete();
    wasm.delete();
  });
});

function placeOf({
  name,
  node,
}: {
  readonly name: string;
  readonly node: { readonly startIndex: number; readonly endIndex: number };
}): readonly [string, number, number] {
  return [name, node.startIndex, node.endIndex];
}
