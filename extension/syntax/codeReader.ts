import type { TextDocument } from 'vscode';
import { splitLines } from '../edits/lines.js';
import { makeOutlineByLines, type OutlineLimits } from '../edits/outline.js';
import { findSymbolsByIndentation, type PlacedSymbol } from '../edits/symbols.js';
import { lengthOfConstruct, placeOf, type Place } from './aroundCursor.js';
import type { Grammars } from './grammars.js';
import type { SyntaxTrees } from './syntaxTrees.js';
import { outlineOf, symbolsAt } from './treeSymbols.js';

/** What code is made of: by its syntax where there is a grammar, else by its indentation. */
export class CodeReader {
  readonly #trees: SyntaxTrees;
  readonly #grammars: Grammars;

  constructor(trees: SyntaxTrees, grammars: Grammars) {
    this.#trees = trees;
    this.#grammars = grammars;
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
  symbols(document: TextDocument, lines: readonly string[], line: number): readonly PlacedSymbol[] {
    const byIndentation = findSymbolsByIndentation(lines, line);
    const parsed = this.#trees.now(document);
    if (!parsed) return byIndentation;
    const bySyntax = symbolsAt(parsed.tree, parsed.grammar, line);
    // Where the code is broken, as it often is while it is written, the tree may have lost what is around.
    return parsed.tree.rootNode.hasError && byIndentation.length > bySyntax.length ? byIndentation : bySyntax;
  }

  /** The part of a text for the cursor that belongs to what is being written there. */
  async continuation(languageId: string, before: string, text: string, after: string): Promise<string> {
    const grammar = await this.#grammars.load(languageId);
    return grammar ? text.slice(0, lengthOfConstruct(grammar, before, text, after)) : text;
  }

  /** What the cursor stands in; `code` where there is no grammar. */
  async place(languageId: string, before: string, after: string): Promise<Place> {
    const grammar = await this.#grammars.load(languageId);
    return grammar ? placeOf(grammar, before, after) : 'code';
  }
}
