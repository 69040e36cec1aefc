import { window } from 'vscode';
import { writableEditor } from './writableEditor.js';

/** Puts a text in the place of the selections of the editor that was last used. False when there is none. */
export async function insertAtCursor(text: string): Promise<boolean> {
  const editor = writableEditor();
  if (!editor) return false;
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (done) await window.showTextDocument(editor.document, editor.viewColumn);
  return done;
}
