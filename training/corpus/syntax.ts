/** What the training data needs to know of the syntax of a file. */
import { inCodePoints } from './codePoints.js';
import { cutsOf, type Cut } from './cuts.js';
import type { Capture, Grammars } from './grammars.js';
import { SourceText } from './sourceText.js';
import { symbolsOf, type CodeSymbol } from './symbols.js';

export interface Syntax {
  /** Imports of one line, without their semicolon. */
  readonly imports: readonly string[];
  readonly symbols: readonly CodeSymbol[];
  /** In code points. */
  readonly cuts: readonly Cut[];
  /** How much of the text the grammar could not read, 0 to 1. */
  readonly unread: number;
}

const IMPORT = /^import\s.+from\s+['"][^'"]+['"];?$/;
const LONGEST_IMPORT = 100;

export function readSyntax(grammars: Grammars, path: string, text: string): Syntax {
  const captures = grammars.captures(path, text);
  const source = new SourceText(text);
  return {
    imports: importsOf(captures, text),
    symbols: symbolsOf(captures, source),
    cuts: inCodePoints(cutsOf(captures, text), text),
    unread: unreadShare(captures, text),
  };
}

function importsOf(captures: readonly Capture[], text: string): readonly string[] {
  return captures
    .filter(({ name }) => name === 'import')
    .map(({ node }) => text.slice(node.startIndex, node.endIndex))
    .filter((statement) => statement.length < LONGEST_IMPORT && IMPORT.test(statement))
    .map((statement) => statement.replace(/;$/, ''));
}

function unreadShare(captures: readonly Capture[], text: string): number {
  let unread = 0;
  let after = 0;
  for (const { name, node } of captures) {
    if (name !== 'error' || node.startIndex < after) continue;
    unread += node.endIndex - node.startIndex;
    after = node.endIndex;
  }
  return unread / Math.max(1, text.length);
}
