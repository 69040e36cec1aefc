import {
  CodeAction,
  CodeActionKind,
  DiagnosticSeverity,
  l10n,
  languages,
  Uri,
  workspace,
  type CodeActionContext,
  type CodeActionProvider,
  type Range,
  type TextDocument,
} from 'vscode';
import { countTokens } from '../../inference/protocol.js';
import type { IDisposable } from '../base/lifecycle.js';
import { hasSecret } from '../edits/secretText.js';
import type { Supervisor } from '../engine/supervisor.js';
import { problemQuestion } from './attachmentText.js';
import { secretRefusal, type EditorContext } from './editorContext.js';
import type { PanelView } from './panelView.js';

export interface AskAboutParts {
  readonly engine: Supervisor;
  readonly panel: PanelView;
  readonly context: EditorContext;
}

/** "Ask Endless About This": the selection, else the file, is attached to the question that the person writes. */
export async function askAbout({ engine, panel, context }: AskAboutParts): Promise<void> {
  const selected = await context.attachment('selection');
  const found = 'refused' in selected ? await context.attachment('file') : selected;
  if ('refused' in found) {
    await panel.reveal({ type: 'notice', message: found.refused });
    return;
  }
  const [tokens = 0] = await engine.request(countTokens, [found.text]);
  await panel.reveal({ type: 'attached', attachment: { ...found, tokens } });
}

/** What "Explain This Problem" carries from the editor to the command. */
export interface ProblemToExplain {
  readonly uri: Uri;
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/** Lines of code before and after the problem that go with it. */
const AROUND = 8;

/** "Explain This Problem": asks at once. */
export async function explainProblem({ panel, context }: AskAboutParts, problem: unknown): Promise<void> {
  if (!isProblem(problem)) return;
  const document = await workspace.openTextDocument(problem.uri);
  // The message may quote what the code around it does not show.
  const code = hasSecret(problem.message)
    ? { refused: secretRefusal() }
    : await context.around(document, problem.line, AROUND);
  if ('refused' in code) await panel.reveal({ type: 'notice', message: code.refused });
  else await panel.reveal({ type: 'compose', text: problemQuestion(problem, code), send: true });
}

function isProblem(value: unknown): value is ProblemToExplain {
  return typeof value === 'object' && value !== null && 'uri' in value && value.uri instanceof Uri;
}

/** Offers "Explain This Problem" in the lightbulb of every problem. */
class ExplainActions implements CodeActionProvider {
  provideCodeActions(document: TextDocument, _range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    // A hint, such as for a name that is not used, is no problem; at the same place it would offer the same words twice.
    const problems = diagnostics.filter(({ severity }) => severity !== DiagnosticSeverity.Hint);
    return problems.map((diagnostic) => {
      const action = new CodeAction(l10n.t('Explain This Problem with Endless'), CodeActionKind.QuickFix);
      const { range, message } = diagnostic;
      const problem: ProblemToExplain = { uri: document.uri, line: range.start.line, message };
      action.command = { command: 'endless.explainProblem', title: action.title, arguments: [problem] };
      action.diagnostics = [diagnostic];
      return action;
    });
  }
}

export function registerExplainActions(): IDisposable {
  return languages.registerCodeActionsProvider({ pattern: '**' }, new ExplainActions(), {
    providedCodeActionKinds: [CodeActionKind.QuickFix],
  });
}
