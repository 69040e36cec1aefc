import type { Node, Tree } from 'web-tree-sitter';
import { MAX_IMPORTS, MAX_LINE, OutlineLines, signature, type OutlineLimits } from '../edits/outline.js';
import { asMembers, MAX_SYMBOLS, type PlacedSymbol } from '../edits/symbols.js';
import type { Grammar } from './grammars.js';

interface Construct {
  readonly kind: string;
  readonly name: string;
  readonly node: Node;
}

/** Names are cut: a selector of a style sheet may be long. */
const MAX_NAME = 60;

/** The constructs around a line, outermost first, one declared on the line itself included. */
export function symbolsAt(tree: Tree, { symbols }: Grammar, line: number): readonly PlacedSymbol[] {
  const row = { row: line, column: 0 };
  const next = { row: line + 1, column: 0 };
  const around = constructs(symbols.matches(tree.rootNode, { startPosition: row, endPosition: next })).filter(
    ({ kind, node }) => kind !== 'import' && node.startPosition.row <= line && node.endPosition.row >= line,
  );
  return asMembers(around.map(({ kind, name, node }) => ({ kind, name, line: node.startPosition.row }))).slice(
    0,
    MAX_SYMBOLS,
  );
}

/** Imports and signatures of a file, as `makeOutlineByLines` writes them. Nothing from inside functions. */
export function outlineOf(tree: Tree, { symbols }: Grammar, text: string, limits: OutlineLimits): string {
  const lines = new OutlineLines(limits);
  const open: Construct[] = [];
  let imports = 0;
  for (const construct of constructs(symbols.matches(tree.rootNode))) {
    const { kind, node } = construct;
    if (kind === 'import') {
      const line = oneLine(text.slice(node.startIndex, node.endIndex)).replace(/;$/, '');
      if (line.length <= MAX_LINE && imports++ < MAX_IMPORTS && !lines.add(line)) break;
      continue;
    }
    while (open.length > 0 && (open.at(-1)?.node.endIndex ?? 0) <= node.startIndex) open.pop();
    if (open.some((outer) => outer.kind === 'function' || outer.kind === 'method')) continue;
    const line = headerOf(node, text, open.at(-1)?.node);
    if (line.length <= MAX_LINE && !lines.add(line, open.length)) break;
    open.push(construct);
  }
  return lines.text;
}

/** Each construct once, in the order of the text. */
function constructs(matches: ReturnType<Grammar['symbols']['matches']>): readonly Construct[] {
  const found = new Map<number, Construct>();
  for (const { captures } of matches) {
    const whole = captures.find(({ name }) => name !== 'name' && !name.startsWith('_'));
    const name = captures.find((capture) => capture.name === 'name');
    if (whole) {
      const text = oneLine(name?.node.text ?? '').slice(0, MAX_NAME);
      found.set(whole.node.id, { kind: whole.name, name: text, node: whole.node });
    }
  }
  return [...found.values()].sort((a, b) => a.node.startIndex - b.node.startIndex || b.node.endIndex - a.node.endIndex);
}

/** From the start of its line, modifiers included, to its body. */
function headerOf(node: Node, text: string, outer: Node | undefined): string {
  const besideOuter = outer?.startPosition.row === node.startPosition.row;
  const start = besideOuter ? node.startIndex : text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const body = bodyOf(node);
  const end = body && body.startIndex > node.startIndex ? body.startIndex : firstLineEnd(node, text);
  return signature(oneLine(text.slice(start, end)));
}

function bodyOf(node: Node): Node | undefined {
  const named = node.childForFieldName('body') ?? node.childForFieldName('value')?.childForFieldName('body');
  return named ?? node.namedChildren.find((child) => child.type === 'block');
}

function firstLineEnd(node: Node, text: string): number {
  const end = text.indexOf('\n', node.startIndex);
  return end < 0 ? node.endIndex : Math.min(end, node.endIndex);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
