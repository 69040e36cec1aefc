import { workspace, type Uri } from 'vscode';

/** Of the documents that are the cells of a notebook. */
export const CELL_SCHEME = 'vscode-notebook-cell';

/** Which cell of which notebook a document is. */
export interface CellPlace {
  readonly notebook: Uri;
  /** Counted from 1, as a person does. */
  readonly number: number;
}

/** Undefined for what is no cell of an open notebook. */
export function cellAt(uri: Uri): CellPlace | undefined {
  if (uri.scheme !== CELL_SCHEME) return undefined;
  const key = uri.toString();
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === key);
    if (cell) return { notebook: notebook.uri, number: cell.index + 1 };
  }
  return undefined;
}
