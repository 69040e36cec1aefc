import { l10n, window } from 'vscode';
import type { Refusal } from './admission.js';

/** Why something did not enter the session: a file as a whole, or an edit by its text. */
export type LeftOut = Refusal | 'secretText';

/** Says how much was left out since the window was opened, and why. Neither names nor texts: they are private. */
export async function showLeftOut(counts: ReadonlyMap<LeftOut, number>): Promise<void> {
  const lines = leftOutViews(counts).map(({ reason, count }) => `${reason}: ${count}`);
  const message = lines.length > 0 ? l10n.t('Left out of the session') : l10n.t('Nothing was left out of the session.');
  await window.showInformationMessage(message, { modal: true, detail: lines.join('\n') });
}

/** What was left out, in words. */
export function leftOutViews(
  counts: ReadonlyMap<LeftOut, number>,
): { readonly reason: string; readonly count: number }[] {
  return [...counts].map(([reason, count]) => ({ reason: describe(reason), count }));
}

function describe(reason: LeftOut): string {
  switch (reason) {
    case 'untrusted':
      return l10n.t('Files while the workspace was not trusted');
    case 'outside':
      return l10n.t('Files outside the workspace');
    case 'secret':
      return l10n.t('Files that hold secrets, by their name');
    case 'ignored':
      return l10n.t('Files that .gitignore, .endlessignore or the settings exclude');
    case 'secretText':
      return l10n.t('Edits that look like a secret');
  }
}
