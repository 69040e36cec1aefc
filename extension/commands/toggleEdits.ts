import { commands, l10n, window } from 'vscode';
import type { EditSwitch } from '../edits/editSwitch.js';
import { stepTitle, whyOff } from '../edits/editsTexts.js';
import { nextStep } from '../edits/nextStep.js';

/** "Pause or Resume Taking In Edits"; where it can do neither, it says why and offers what would help. */
export async function toggleEdits(edits: EditSwitch): Promise<void> {
  const off = await edits.toggle();
  if (off === undefined) {
    void window.showInformationMessage(l10n.t('Edits are taken into the session.'));
    return;
  }
  if (off === 'paused') {
    void window.showInformationMessage(
      l10n.t('Edits are not taken into the session. Run the command again to resume.'),
    );
    return;
  }
  const step = nextStep(off);
  const title = stepTitle(step);
  // Not awaited: the command has done what it does, and the message may stand there for long.
  void window.showInformationMessage(whyOff(off), title).then((chosen) => {
    if (chosen === title) void commands.executeCommand(step.command, ...step.arguments);
  });
}
