/** Where npm has put the grammars, as WebAssembly: many in one package, some in packages of their own. */
const TOGETHER = 'bash c-sharp cpp css go java javascript php python ruby rust tsx typescript'.split(' ');
const ALONE = 'c html json'.split(' ');

/**
 * Paths in the clone, by the name of the grammar.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const GRAMMAR_FILES = Object.fromEntries([
  ...TOGETHER.map((name) => [name, `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`]),
  ...ALONE.map((name) => [name, `node_modules/tree-sitter-${name}/tree-sitter-${name}.wasm`]),
]);

/** What runs them. */
export const GRAMMAR_RUNTIME = 'node_modules/web-tree-sitter/web-tree-sitter.wasm';
