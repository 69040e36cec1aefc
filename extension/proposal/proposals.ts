import { commands, l10n, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { Disposable } from '../base/lifecycle.js';
import { writableEditor } from '../panel/writableEditor.js';
import { changedRange } from './changedRange.js';
import { placeCode } from './placeCode.js';
import { PROPOSAL_SCHEME, ProposalFiles } from './proposalFiles.js';

interface Proposal {
  readonly target: Uri;
  /** The text that the proposal was made from. */
  readonly base: string;
}

/**
 * "Apply as Diff": code from the chat as a proposal beside the file that it is for. The file changes only when the
 * person accepts; the diff editor's own arrows take back single changes before that.
 */
export class Proposals extends Disposable {
  readonly #files = this.register(new ProposalFiles());
  readonly #open = new Map<string, Proposal>();

  constructor() {
    super();
    this.register(workspace.registerFileSystemProvider(PROPOSAL_SCHEME, this.#files));
    this.register(
      workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        // One that only gets another language is said to close, too, and stays.
        if (isClosed) this.#forget(uri);
      }),
    );
  }

  /** Opens the diff. False when no editor is open that the code could be for. */
  async show(code: string): Promise<boolean> {
    const editor = writableEditor();
    if (!editor) return false;
    const { document, selection } = editor;
    const base = document.getText();
    const end = selection.end.character === 0 ? selection.end.line : selection.end.line + 1;
    const pointed = { start: selection.start.line, end, empty: selection.isEmpty };
    const lines = base.split(/\r?\n/);
    const place = placeCode(lines, code, pointed);
    const proposed = [...lines.slice(0, place.start), ...place.lines, ...lines.slice(place.end)];
    const uri = this.#files.add(document.uri.path, proposed.join(base.includes('\r\n') ? '\r\n' : '\n'));
    this.#open.set(uri.toString(), { target: document.uri, base });
    const name = workspace.asRelativePath(document.uri);
    await commands.executeCommand('vscode.diff', document.uri, uri, l10n.t('{0} ↔ proposed by Endless', name), {
      preview: true,
    });
    return true;
  }

  /** Puts what is left of the proposal into the file. Nothing is saved, and Undo takes it back. */
  async accept(uri = this.#active()): Promise<void> {
    const proposal = uri && this.#open.get(uri.toString());
    if (!uri || !proposal) {
      void window.showWarningMessage(
        l10n.t('There is no proposal to accept here. Choose Apply as Diff at the code in the chat again.'),
      );
      return;
    }
    const document = await workspace.openTextDocument(proposal.target);
    const proposed = await workspace.openTextDocument(uri);
    if (document.getText() !== proposal.base) {
      void window.showWarningMessage(
        l10n.t('The file has changed since the proposal was made. Choose Apply as Diff again.'),
      );
      return;
    }
    const { start, end, text } = changedRange(proposal.base, proposed.getText());
    const edit = new WorkspaceEdit();
    const at = document.positionAt(start);
    edit.replace(document.uri, new Range(at, document.positionAt(end)), text);
    if (!(await workspace.applyEdit(edit))) {
      void window.showWarningMessage(
        l10n.t(
          'VS Code could not change the file; the proposal is still there. See whether it is read-only, then accept again.',
        ),
      );
      return;
    }
    await this.#close(uri);
    // At the change: VS Code may have to open the file anew, and would begin at its top.
    await window.showTextDocument(document, { selection: new Range(at, at) });
  }

  /** Closes the proposal; the file stays as it is. */
  async reject(uri = this.#active()): Promise<void> {
    if (uri) await this.#close(uri);
  }

  /** The proposal in the editor that has the focus. */
  #active(): Uri | undefined {
    const document = window.activeTextEditor?.document;
    if (document?.uri.scheme === PROPOSAL_SCHEME) return document.uri;
    // The other side of the diff has the focus.
    const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
    const modified = typeof input === 'object' && input !== null && 'modified' in input ? input.modified : undefined;
    return modified instanceof Uri && modified.scheme === PROPOSAL_SCHEME ? modified : undefined;
  }

  async #close(uri: Uri): Promise<void> {
    // What was taken back in the diff is unsaved, and VS Code would ask about it.
    const document = workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
    if (document?.isDirty) await document.save();
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    await window.tabGroups.close(tabs.filter(({ input }) => showsProposal(input, uri)));
    this.#forget(uri);
  }

  #forget(uri: Uri): void {
    if (uri.scheme !== PROPOSAL_SCHEME) return;
    this.#open.delete(uri.toString());
    this.#files.remove(uri);
  }
}

function showsProposal(input: unknown, uri: Uri): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const shown: unknown = 'modified' in input ? input.modified : 'uri' in input ? input.uri : undefined;
  return shown instanceof Uri && shown.toString() === uri.toString();
}
