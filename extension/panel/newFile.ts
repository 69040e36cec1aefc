import { languages, window, workspace } from 'vscode';
import { languageId } from './languageId.js';

/** Opens code as a new file without a name; nothing is on the disk until the person saves it. */
export async function newFile(content: string, language: string): Promise<void> {
  const known = await languages.getLanguages();
  const document = await workspace.openTextDocument({ content, language: languageId(language, known) });
  await window.showTextDocument(document, { preview: false });
}
