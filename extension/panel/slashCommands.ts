import { commands, l10n } from 'vscode';
import { SLASH_COMMANDS, type SlashName } from '../../webview-ui/messages.js';
import type { Supervisor } from '../engine/supervisor.js';
import { taskQuestion, type CodeTask } from './attachmentText.js';
import type { EditorContext } from './editorContext.js';
import type { PanelView } from './panelView.js';
import { pin, unpinByName } from './pinning.js';

export interface SlashParts {
  readonly engine: Supervisor;
  readonly view: PanelView;
  readonly context: EditorContext;
}

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
      await pin({ engine, view, context }, rest);
      return;
    case 'unpin':
      await unpinByName({ engine, view }, rest);
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
          '{0}: the first four are about the selection in the editor. /pin takes a note, or the outline of a file: /pin @file, /pin @src/cart.ts. @file, @path, @selection, @symbol and @problems attach something to the question.',
          SLASH_COMMANDS.map((command) => `/${command}`).join(', '),
        ),
      });
      return;
  }
}

/** Puts the question into the composer and sends it, if its cost allows. */
async function askAboutSelection(
  { view, context }: Pick<SlashParts, 'view' | 'context'>,
  task: CodeTask,
  more: string,
): Promise<void> {
  const code = await context.selection();
  if ('refused' in code) {
    // What was typed after the command is the person's own: it waits for a selection.
    if (more.trim() !== '') view.post({ type: 'compose', text: `/${task} ${more}`, send: false });
    await view.reveal({ type: 'notice', message: code.refused });
  } else await view.reveal({ type: 'compose', text: taskQuestion(task, code, more), send: true });
}
