import type { TextDocument } from 'vscode';
import { splitLines } from '../edits/lines.js';
import { makeOutlineByLines, type OutlineLimits } from '../edits/outline.js';
import { findSymbolsByIndentation, type CodeSymbol } from '../edits/symbols.js';
import type { SyntaxTrees } from './syntaxTrees.js';
import { outlineOf, symbolsAt } from './treeSymbols.js';

/** What code is made of: by its syntax where there is a grammar, else by its indentation. */
export class CodeReader {
  readonly #trees: SyntaxTrees;

  constructor(trees: SyntaxTrees) {
    this.#trees = trees;
  }

  /** Makes ready what will be asked for. */
  follow(document: TextDocument): void {
    void this.#trees.open(document);
  }

  async outline(document: TextDocument, limits: OutlineLimits): Promise<string> {
    const parsed = await this.#trees.open(document);
    if (parsed) return outlineOf(parsed.tree, parsed.grammar, parsed.text, limits);
    return makeOutlineByLines(splitLines(document.getText()), limits);
  }

  /** @param lines of the document as it is now */
  symbols(document: TextDocument, lines: readonly string[], line: number): readonly CodeSymbol[] {
    const byIndentation = findSymbolsByIndentation(lines, line);
    const parsed = this.#trees.now(document);
    if (!parsed) return byIndentation;
    const bySyntax = symbolsAt(parsed.tree, parsed.grammar, line);
    // Where the code is broken, as it often is while it is written, the tree may have lost what is around.
    return parsed.tree.rootNode.hasError && byIndentation.length > bySyntax.length ? byIndentation : bySyntax;
  }
}
