import { workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import type { Tree } from 'web-tree-sitter';
import type { EventCost } from '../base/eventCost.js';
import { Disposable } from '../base/lifecycle.js';
import type { Grammar, Grammars } from './grammars.js';
import { SyntaxTree } from './syntaxTree.js';

export interface ParsedDocument {
  readonly tree: Tree;
  readonly grammar: Grammar;
  readonly text: string;
}

/** Milliseconds of parsing at a time; in between, the extension host does what else there is. */
const SLICE = 8;

/** Milliseconds that somebody waits for a tree: enough for the few lines that changed. */
const AT_ONCE = 20;

/** The syntax trees of open documents, each from when it is first asked for. */
export class SyntaxTrees extends Disposable {
  readonly #grammars: Grammars;
  readonly #trees = new Map<TextDocument, SyntaxTree>();

  /** @param cost of the changes of documents */
  constructor(grammars: Grammars, cost: EventCost) {
    super();
    this.#grammars = grammars;
    this.register(
      workspace.onDidChangeTextDocument((change) => cost.measure(change, () => this.#handleChange(change))),
    );
    this.register(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.register({ dispose: () => [...this.#trees.keys()].forEach((document) => this.#close(document)) });
  }

  /** Begins to follow a document, and parses it a little at a time. Resolves without a tree when there can be none. */
  async open(document: TextDocument): Promise<ParsedDocument | undefined> {
    const grammar = await this.#grammars.load(document.languageId);
    if (!grammar || document.isClosed) return undefined;
    if (!this.#trees.has(document)) this.#trees.set(document, new SyntaxTree(grammar));
    for (;;) {
      const parsed = this.#parse(document, SLICE);
      if (parsed || !this.#trees.has(document)) return parsed;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The tree of the document as it is now, if it is followed and there is little to parse. */
  now(document: TextDocument): ParsedDocument | undefined {
    return this.#parse(document, AT_ONCE);
  }

  #parse(document: TextDocument, budget: number): ParsedDocument | undefined {
    const followed = this.#trees.get(document);
    if (!followed) return undefined;
    const text = document.getText();
    const tree = followed.parse(text, budget);
    return tree && { tree, grammar: followed.grammar, text };
  }

  #handleChange({ document, contentChanges }: TextDocumentChangeEvent): void {
    this.#trees.get(document)?.record(
      contentChanges.map(({ rangeOffset, rangeLength, text, range: { start, end } }) => ({
        offset: rangeOffset,
        length: rangeLength,
        text,
        startLine: start.line,
        startColumn: start.character,
        endLine: end.line,
        endColumn: end.character,
      })),
    );
  }

  #close(document: TextDocument): void {
    this.#trees.get(document)?.dispose();
    this.#trees.delete(document);
  }
}
