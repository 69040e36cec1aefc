import { Parser, type Node } from 'web-tree-sitter';
import type { Grammar } from './grammars.js';

/** Milliseconds; what takes longer is done without. */
const BUDGET = 30;

/** What the cursor stands in. */
export type Place = 'code' | 'comment' | 'string';

/**
 * How much of a text that goes in at the cursor belongs to what the person is writing: on a line that is begun, up to the end
 * of what begins on it; on an empty line, up to the end of the block around it. All of it when neither ends inside the text.
 */
export function lengthOfConstruct(grammar: Grammar, before: string, text: string, after: string): number {
  return withNodeAt(grammar, before + text + after, before.length, text.length, (at) => {
    const from = before.length;
    const lineStart = before.lastIndexOf('\n') + 1;
    const onEmptyLine = before.slice(lineStart).trim() === '';
    let length: number | undefined;
    for (let node: Node | null = at; node; node = node.parent) {
      // The code is not understood; nothing is known of where it ends.
      if (node.type === 'ERROR') return text.length;
      if (!node.parent || node.startIndex >= from || node.endIndex <= from || node.endIndex > from + text.length)
        continue;
      if (onEmptyLine) length ??= node.endIndex - from;
      else if (node.startIndex >= lineStart) length = node.endIndex - from;
    }
    return length ?? text.length;
  });
}

export function placeOf(grammar: Grammar, before: string, after: string): Place {
  return withNodeAt<Place>(grammar, before + after, before.length, 'code', ({ type }) => {
    if (type.includes('comment')) return 'comment';
    return type.includes('string') && !type.includes('interpolation') ? 'string' : 'code';
  });
}

/** Asks the smallest node around the character before the cursor. */
function withNodeAt<T>(grammar: Grammar, text: string, cursor: number, otherwise: T, ask: (node: Node) => T): T {
  const parser = new Parser();
  parser.setLanguage(grammar.language);
  const deadline = performance.now() + BUDGET;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
  try {
    const node = tree?.rootNode.descendantForIndex(Math.max(0, cursor - 1), cursor);
    return node ? ask(node) : otherwise;
  } finally {
    tree?.delete();
    parser.delete();
  }
}
