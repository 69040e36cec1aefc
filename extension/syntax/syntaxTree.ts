import { Edit, Parser, type Tree } from 'web-tree-sitter';
import type { IDisposable } from '../base/lifecycle.js';
import type { Grammar } from './grammars.js';

/** One replacement, in the text as it was before the event that it belongs to. Offsets in UTF-16 code units. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** More changes than this since the last parse, and the tree is made anew. */
const MAX_CHANGES = 5_000;

/**
 * The syntax tree of one document. Changes are only noted; the tree follows when it is asked for, and only what changed is
 * parsed again.
 */
export class SyntaxTree implements IDisposable {
  readonly grammar: Grammar;
  readonly #parser = new Parser();
  #tree: Tree | undefined;
  #changes: TextChange[] = [];
  #halfway: string | undefined;
  /** Of the text that the tree and the noted changes add up to. */
  #length = 0;

  constructor(grammar: Grammar) {
    this.grammar = grammar;
    this.#parser.setLanguage(grammar.language);
  }

  /** Notes the changes of one event, in any order; cheap. */
  record(changes: readonly TextChange[]): void {
    // From the end to the start: an earlier change does not move a later one.
    this.#changes.push(...[...changes].sort((a, b) => b.offset - a.offset));
    for (const { length, text } of changes) this.#length += text.length - length;
    if (this.#changes.length > MAX_CHANGES) this.#forget();
  }

  /**
   * The tree of the text.
   *
   * @param budget milliseconds. Undefined when they do not suffice; with the same text the next call goes on from there.
   */
  parse(text: string, budget: number): Tree | undefined {
    // Not told as a change: other line ends, for one.
    if (text.length !== this.#length) this.#forget();
    this.#length = text.length;
    if (this.#tree && this.#changes.length === 0 && this.#halfway === undefined) return this.#tree;
    if (this.#halfway !== undefined && this.#halfway !== text) this.#parser.reset();
    this.#applyChanges();
    const deadline = performance.now() + budget;
    const progressCallback = (): boolean => performance.now() > deadline;
    const tree = this.#parser.parse(text, this.#tree ?? null, { progressCallback });
    this.#halfway = tree ? undefined : text;
    if (!tree) return undefined;
    this.#tree?.delete();
    this.#tree = tree;
    return tree;
  }

  dispose(): void {
    this.#forget();
    this.#parser.delete();
  }

  #applyChanges(): void {
    for (const change of this.#changes) this.#tree?.edit(toEdit(change));
    this.#changes = [];
  }

  #forget(): void {
    this.#tree?.delete();
    this.#tree = undefined;
    this.#changes = [];
  }
}

function toEdit({ offset, length, text, startLine, startColumn, endLine, endColumn }: TextChange): Edit {
  const lines = text.split('\n');
  const lastLine = lines.at(-1) ?? '';
  return new Edit({
    startIndex: offset,
    oldEndIndex: offset + length,
    newEndIndex: offset + text.length,
    startPosition: { row: startLine, column: startColumn },
    oldEndPosition: { row: endLine, column: endColumn },
    newEndPosition: {
      row: startLine + lines.length - 1,
      column: lines.length > 1 ? lastLine.length : startColumn + text.length,
    },
  });
}
