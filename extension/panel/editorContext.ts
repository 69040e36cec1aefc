import {
  DiagnosticSeverity,
  l10n,
  languages,
  window,
  type Diagnostic,
  type TextDocument,
  type TextEditor,
  Uri,
  workspace,
} from 'vscode';
import type { AttachmentKind } from '../../webview-ui/messages.js';
import type { Admission, Refusal } from '../edits/admission.js';
import { isTooLarge } from '../edits/documentSize.js';
import type { OutlineLimits } from '../edits/outline.js';
import { hasSecret } from '../edits/secretText.js';
import type { CodeReader } from '../syntax/codeReader.js';
import { codeText, outlineText, placeOf, problemsText, type Problem, type QuotedCode } from './attachmentText.js';
import { pickFile } from './pickFile.js';
import { pickSymbol } from './pickSymbol.js';

/** Something of the editor, ready to go with a question; or why not, in words for the person. */
export type Found<T> = T | { readonly refused: string };

export interface FoundText {
  readonly label: string;
  readonly text: string;
}

/** What a question may take from the editor. Files that may not enter the session are refused here too. */
export class EditorContext {
  readonly #admission: Admission;
  readonly #code: Pick<CodeReader, 'outline'>;

  constructor(admission: Admission, code: Pick<CodeReader, 'outline'>) {
    this.#admission = admission;
    this.#code = code;
  }

  /** What is selected in the editor in use. */
  async selection(): Promise<Found<QuotedCode>> {
    const editor = editorInUse();
    if (!editor || editor.selection.isEmpty)
      return { refused: l10n.t('Nothing is selected. Select the code in an editor first.') };
    const { start, end } = editor.selection;
    // A selection that ends before the first character of a line does not mean that line.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return this.#quoted(editor.document, editor.document.getText(editor.selection), { first: start.line, last });
  }

  async file(): Promise<Found<QuotedCode>> {
    const editor = editorInUse();
    if (!editor) return { refused: l10n.t('No editor is open. Open the file first.') };
    return this.#quoted(editor.document, editor.document.getText());
  }

  /** The lines around one. */
  async around(document: TextDocument, line: number, lines: number): Promise<Found<QuotedCode>> {
    const first = Math.max(0, line - lines);
    const last = Math.min(document.lineCount - 1, line + lines);
    const range = document.lineAt(first).range.union(document.lineAt(last).range);
    return this.#quoted(document, document.getText(range), { first, last });
  }

  /** The outline of a file of the workspace, by its path; without one, of the file in the editor. */
  async outline(path: string, limits: OutlineLimits): Promise<Found<FoundText>> {
    const document = path === '' ? editorInUse()?.document : await fileOf(path);
    if (!document)
      return {
        refused:
          path === ''
            ? l10n.t('No editor is open. Open the file first.')
            : l10n.t('There is no file {0} in the workspace. Write its path as the tab of its editor shows it.', path),
      };
    const label = await this.#path(document.uri);
    if (typeof label !== 'string') return label;
    if (isTooLarge(document)) return { refused: l10n.t('{0} is too large for an outline.', label) };
    const outline = await this.#code.outline(document, limits);
    if (outline === '') return { refused: l10n.t('{0} declares nothing that an outline could tell of.', label) };
    return hasSecret(outline) ? { refused: secretRefusal() } : { label, text: outlineText(label, outline) };
  }

  /** Undefined when the person chose nothing. */
  async attachment(what: 'file' | 'selection' | 'problems'): Promise<Found<FoundText>>;
  async attachment(what: AttachmentKind): Promise<Found<FoundText> | undefined>;
  async attachment(what: AttachmentKind): Promise<Found<FoundText> | undefined> {
    if (what === 'problems') return this.#problems();
    if (what === 'symbol') return this.#symbol();
    if (what === 'path') return this.#chosenFile();
    const found = await (what === 'file' ? this.file() : this.selection());
    return 'refused' in found ? found : { label: placeOf(found), text: codeText(found) };
  }

  async #chosenFile(): Promise<Found<FoundText> | undefined> {
    const uri = await pickFile();
    if (!uri) return undefined;
    // Before it is read: what may not enter is not even opened.
    const path = await this.#path(uri);
    if (typeof path !== 'string') return path;
    const document = await Promise.resolve(workspace.openTextDocument(uri)).catch(() => undefined);
    if (!document) return { refused: l10n.t('{0} is no text, or cannot be read.', path) };
    const found = await this.#quoted(document, document.getText());
    return 'refused' in found ? found : { label: placeOf(found), text: codeText(found) };
  }

  async #symbol(): Promise<Found<FoundText> | undefined> {
    const chosen = await pickSymbol(editorInUse()?.document);
    if (!chosen) return undefined;
    const { name, document, first, last } = chosen;
    const range = document.lineAt(first).range.union(document.lineAt(last).range);
    const found = await this.#quoted(document, document.getText(range), { first, last });
    return 'refused' in found ? found : { label: `${name} · ${placeOf(found)}`, text: codeText(found) };
  }

  async #problems(): Promise<Found<FoundText>> {
    const editor = editorInUse();
    if (!editor) return { refused: l10n.t('No editor is open. Open the file first.') };
    const { uri } = editor.document;
    const path = await this.#path(uri);
    if (typeof path !== 'string') return path;
    const problems = languages.getDiagnostics(uri).map(toProblem);
    if (problems.length === 0) return { refused: l10n.t('{0} has no problems.', path) };
    // A message may quote the code that it is about.
    if (hasSecret(problems.map(({ message }) => message).join('\n'))) return { refused: secretRefusal() };
    return { label: l10n.t('problems of {0}', path), text: problemsText(path, problems) };
  }

  async #quoted(document: TextDocument, text: string, lines?: QuotedCode['lines']): Promise<Found<QuotedCode>> {
    const path = await this.#path(document.uri);
    if (typeof path !== 'string') return path;
    if (hasSecret(text)) return { refused: secretRefusal() };
    return { path, language: document.languageId, text, ...(lines ? { lines } : {}) };
  }

  async #path(uri: Uri): Promise<Found<string>> {
    const verdict = await this.#admission.admitToCompletion(uri);
    return 'path' in verdict ? verdict.path : { refused: refusalText(verdict.refused) };
  }
}

/** What Endless or VS Code shows in an editor and is no file to ask about. */
const SHOWN_ONLY = new Set(['endless-proposal', 'endless-window', 'output']);

/** The editor in use; where that only shows something, another one that is seen. */
function editorInUse(): TextEditor | undefined {
  const editors = [...(window.activeTextEditor ? [window.activeTextEditor] : []), ...window.visibleTextEditors];
  return editors.find(({ document }) => !SHOWN_ONLY.has(document.uri.scheme)) ?? editors[0];
}

/** The file of the workspace that has this path, as `workspace.asRelativePath` writes it. */
async function fileOf(path: string): Promise<TextDocument | undefined> {
  for (const { uri, name } of workspace.workspaceFolders ?? []) {
    const inFolder = path.startsWith(`${name}/`) ? [path, path.slice(name.length + 1)] : [path];
    for (const candidate of inFolder) {
      const file = Uri.joinPath(uri, candidate);
      // Only to know whether it is there: what cannot be read is not.
      const found = await Promise.resolve(workspace.fs.stat(file)).catch(() => undefined);
      if (found) return workspace.openTextDocument(file);
    }
  }
  return undefined;
}

export function secretRefusal(): string {
  return l10n.t('This text seems to hold a secret, which never enters the session.');
}

function refusalText(refused: Refusal): string {
  switch (refused) {
    case 'untrusted':
      return l10n.t('The workspace is not trusted: nothing of it enters the session.');
    case 'outside':
      return l10n.t('This is no file of the workspace: it does not enter the session.');
    case 'secret':
      return l10n.t('This file may hold secrets, which never enter the session.');
    case 'ignored':
      return l10n.t(
        'This file is ignored (.gitignore, .endlessignore or endless.edits.exclude): it does not enter the session.',
      );
  }
}

function toProblem({ severity, range, message }: Diagnostic): Problem {
  const words = {
    [DiagnosticSeverity.Error]: 'error',
    [DiagnosticSeverity.Warning]: 'warning',
    [DiagnosticSeverity.Information]: 'info',
    [DiagnosticSeverity.Hint]: 'info',
  } as const;
  return { severity: words[severity], line: range.start.line, message };
}
