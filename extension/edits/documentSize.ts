import type { TextDocument } from 'vscode';

/** Characters. Larger documents are neither followed nor outlined: reading one would hold up the whole editor. */
const MAX_DOCUMENT = 2_000_000;

export function isTooLarge(document: TextDocument): boolean {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > MAX_DOCUMENT;
}
