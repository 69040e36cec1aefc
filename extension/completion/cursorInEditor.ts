import { Position, Range, window, type TextDocument } from 'vscode';
import { isClosersOnly, splitAtCursor, tailOf, type CursorContext } from './cursorContext.js';

/** Lines around the cursor that are read from the document. */
const LINES_BEFORE = 250;
const LINES_AFTER = 80;

export function contextAt(document: TextDocument, position: Position): CursorContext {
  const first = new Position(Math.max(0, position.line - LINES_BEFORE), 0);
  const last = document.lineAt(Math.min(document.lineCount - 1, position.line + LINES_AFTER)).range.end;
  return splitAtCursor(document.getText(new Range(first, position)), document.getText(new Range(position, last)));
}

/** Around the cursor as it is now; undefined when the document is not the one that is edited. */
export function contextNow(document: TextDocument): CursorContext | undefined {
  const editor = window.activeTextEditor;
  return editor?.document === document ? contextAt(document, editor.selection.active) : undefined;
}

/** In the middle of a word, or in a document with nothing in it, there is nothing to go by. */
export function isHopeless({ prefix, typed, suffix }: CursorContext): boolean {
  if ((prefix + typed).trim() === '' && suffix.trim() === '') return true;
  const tail = tailOf(suffix);
  return /\w$/.test(typed) && /^\w/.test(tail) && !isClosersOnly(tail);
}

export function hasSelection(document: TextDocument): boolean {
  const editor = window.activeTextEditor;
  return editor?.document === document && (editor.selections.length > 1 || !editor.selection.isEmpty);
}
