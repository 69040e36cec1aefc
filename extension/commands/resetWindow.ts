import { commands, l10n, window } from 'vscode';
import { reset } from '../../inference/protocol.js';
import type { Supervisor } from '../engine/supervisor.js';

/** "Reset Window": sinks and pinned spans stay, everything else leaves the window. */
export async function resetWindow(engine: Supervisor): Promise<number> {
  const left = await engine.request(reset);
  const undo = l10n.t('Undo Reset');
  void window
    .showInformationMessage(
      l10n.t(
        'The window was reset: {0} tokens left it. Sinks and pinned text stay, and so does the transcript; older messages can be recalled.',
        left,
      ),
      undo,
    )
    // By the command, which also tells what goes wrong.
    .then((chosen) => (chosen === undo ? commands.executeCommand('endless.undoReset') : undefined));
  return left;
}
