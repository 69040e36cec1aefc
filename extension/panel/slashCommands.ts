import { commands, l10n } from 'vscode';
import { append } from '../../inference/protocol.js';
import { SLASH_COMMANDS, type SlashName } from '../../webview-ui/messages.js';
import type { Supervisor } from '../engine/supervisor.js';
import { taskQuestion, type CodeTask } from './attachmentText.js';
import type { EditorContext } from './editorContext.js';
import type { PanelView } from './panelView.js';

export interface SlashParts {
  readonly engine: Supervisor;
  readonly view: PanelView;
  readonly context: EditorContext;
}

/** Characters of the title of a pinned note. */
const TITLE = 80;

/** Runs what was typed after a `/` in the composer. */
export async function runSlash({ engine, view, context }: SlashParts, name: SlashName, rest: string): Promise<void> {
  switch (name) {
    case 'explain':
    case 'fix':
    case 'test':
    case 'doc':
      await askAboutSelection({ view, context }, name, rest);
      return;
    case 'pin':
      if (rest === '') view.post({ type: 'notice', message: l10n.t('Write the note after /pin.') });
      else
        await engine.request(append, [
          { kind: 'memory', title: rest.split('\n', 1)[0]?.slice(0, TITLE) ?? '', text: rest },
        ]);
      return;
    case 'reset':
      await commands.executeCommand('endless.resetWindow');
      return;
    case 'stats':
      await commands.executeCommand('endless.showSinkStats');
      return;
    case 'help':
      view.post({
        type: 'notice',
        message: l10n.t(
          '{0}: the first four are about the selection in the editor. @file, @selection and @problems attach something to the question.',
          SLASH_COMMANDS.map((command) => `/${command}`).join(', '),
        ),
      });
      return;
  }
}

/** Puts the question into the composer and sends it, if its cost allows. */
export async function askAboutSelection(
  { view, context }: Pick<SlashParts, 'view' | 'context'>,
  task: CodeTask,
  more: string,
): Promise<void> {
  const code = await context.selection();
  if ('refused' in code) await view.reveal({ type: 'notice', message: code.refused });
  else await view.reveal({ type: 'compose', text: taskQuestion(task, code, more), send: true });
}
