import {
  DiagnosticSeverity,
  l10n,
  languages,
  window,
  type Diagnostic,
  type TextDocument,
  type TextEditor,
  type Uri,
} from 'vscode';
import type { Admission, Refusal } from '../edits/admission.js';
import { hasSecret } from '../edits/secretText.js';
import { codeText, placeOf, problemsText, type Problem, type QuotedCode } from './attachmentText.js';

/** Something of the editor, ready to go with a question; or why not, in words for the person. */
export type Found<T> = T | { readonly refused: string };

export interface FoundText {
  readonly label: string;
  readonly text: string;
}

/** What a question may take from the editor. Files that may not enter the session are refused here too. */
export class EditorContext {
  readonly #admission: Admission;

  constructor(admission: Admission) {
    this.#admission = admission;
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

  async attachment(what: 'file' | 'selection' | 'problems'): Promise<Found<FoundText>> {
    if (what === 'problems') return this.#problems();
    const found = await (what === 'file' ? this.file() : this.selection());
    return 'refused' in found ? found : { label: placeOf(found), text: codeText(found) };
  }

  async #problems(): Promise<Found<FoundText>> {
    const editor = editorInUse();
    if (!editor) return { refused: l10n.t('No editor is open. Open the file first.') };
    const { uri } = editor.document;
    const path = await this.#path(uri);
    if (typeof path !== 'string') return path;
    const problems = languages.getDiagnostics(uri).map(toProblem);
    if (problems.length === 0) return { refused: l10n.t('{0} has no problems.', path) };
    return { label: l10n.t('problems of {0}', path), text: problemsText(path, problems) };
  }

  async #quoted(document: TextDocument, text: string, lines?: QuotedCode['lines']): Promise<Found<QuotedCode>> {
    const path = await this.#path(document.uri);
    if (typeof path !== 'string') return path;
    if (hasSecret(text))
      return { refused: l10n.t('This text seems to hold a secret, which never enters the session.') };
    return { path, language: document.languageId, text, ...(lines ? { lines } : {}) };
  }

  async #path(uri: Uri): Promise<Found<string>> {
    const verdict = await this.#admission.admitToCompletion(uri);
    return 'path' in verdict ? verdict.path : { refused: refusalText(verdict.refused) };
  }
}

function editorInUse(): TextEditor | undefined {
  return window.activeTextEditor ?? window.visibleTextEditors[0];
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
