import { window, workspace, type TextDocument, type TextEditor } from 'vscode';

/** The editor in use, or another one that is seen, whose text can be changed: no output, no text that is only shown. */
export function writableEditor(): TextEditor | undefined {
  return [window.activeTextEditor, ...window.visibleTextEditors].find(
    (editor): editor is TextEditor => editor !== undefined && isWritable(editor.document),
  );
}

function isWritable({ uri: { scheme }, isClosed }: TextDocument): boolean {
  // A proposal lies in a file system too, and is none of the person's files.
  if (isClosed || scheme === 'endless-proposal') return false;
  return scheme === 'untitled' || workspace.fs.isWritableFileSystem(scheme) === true;
}
