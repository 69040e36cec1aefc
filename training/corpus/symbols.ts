/** Classes, interfaces, functions and methods of a file. */
import { docAbove } from './docComment.js';
import type { Capture, SyntaxNode } from './grammars.js';
import type { SourceText } from './sourceText.js';

export type SymbolKind = 'class' | 'interface' | 'function' | 'method';

/** The same as `Symbol` of training/sessions/code.py, which reads it. */
export interface CodeSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** Where its name stands, counted from 0. */
  readonly line: number;
  /** The line after its last. */
  readonly end: number;
  /** In columns; a tab counts four. */
  readonly indent: number;
  /** Its first line, cut before the body. */
  readonly signature: string;
  /** As they stand in the signature; empty where they take more than one line. */
  readonly parameters: string;
  /** First sentence of its doc comment, or empty. */
  readonly doc: string;
}

const KINDS: ReadonlySet<string> = new Set<SymbolKind>(['class', 'interface', 'function', 'method']);
const AROUND: ReadonlySet<string> = new Set([
  'lexical_declaration',
  'variable_declaration',
  'export_statement',
  'ambient_declaration',
]);
const LONGEST_LINE = 160;
const NAME = /^#?[A-Za-z_$][\w$]{2,}$/;

/** At most one symbol a line: the first. */
export function symbolsOf(captures: readonly Capture[], source: SourceText): readonly CodeSymbol[] {
  const symbols: CodeSymbol[] = [];
  for (const { name, node } of captures) {
    if (!isKind(name)) continue;
    const symbol = symbolAt(name, node, source);
    if (symbol && symbols.at(-1)?.line !== symbol.line) symbols.push(symbol);
  }
  return symbols;
}

function isKind(name: string): name is SymbolKind {
  return KINDS.has(name);
}

function symbolAt(kind: SymbolKind, nameNode: SyntaxNode, source: SourceText): CodeSymbol | undefined {
  const name = source.text.slice(nameNode.startIndex, nameNode.endIndex);
  const line = nameNode.startPosition.row;
  const named = nameNode.parent;
  if (!named || !NAME.test(name) || name === 'constructor' || source.line(line).length > LONGEST_LINE) return undefined;
  const declaration = outermost(named);
  if (!declaration) return undefined;
  const code = named.childForFieldName('value') ?? named;
  const signature = signatureOf(declaration, code.childForFieldName('body'), line, source);
  return {
    kind,
    name,
    line,
    end: declaration.endPosition.row + 1,
    indent: indentOf(source.line(line)),
    signature,
    parameters: parametersOf(code, signature, source),
    doc: docAbove(declaration, source),
  };
}

/** With `export` and `const`; nothing for the second name of one `const`. */
function outermost(named: SyntaxNode): SyntaxNode | undefined {
  let node = named;
  while (node.parent && AROUND.has(node.parent.type)) {
    if (node.type === 'variable_declarator' && node.parent.firstNamedChild?.id !== node.id) return undefined;
    node = node.parent;
  }
  return node;
}

function signatureOf(declaration: SyntaxNode, body: SyntaxNode | null, line: number, source: SourceText): string {
  const from = Math.max(source.startOf(line), declaration.startIndex);
  const to = Math.min(source.endOf(line), body?.startIndex ?? Infinity);
  return source.text
    .slice(from, to)
    .trim()
    .replace(/\s*=>$/, '')
    .replace(/[{ ;]+$/, '');
}

function parametersOf(code: SyntaxNode, signature: string, source: SourceText): string {
  const node = code.childForFieldName('parameters') ?? code.childForFieldName('parameter');
  if (!node) return '';
  const text = source.text.slice(node.startIndex, node.endIndex);
  return signature.includes(text) ? text.replace(/^\(|\)$/g, '').trim() : '';
}

function indentOf(line: string): number {
  let columns = 0;
  for (const character of line)
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  return columns;
}
