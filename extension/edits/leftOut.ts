import { l10n, window, type QuickPickItem } from 'vscode';
import type { LeftOutList, LeftOutReason } from './leftOutList.js';

/** Shows what was left out since the window was opened, and why. The names stay in this list: they are private. */
export async function showLeftOut(list: LeftOutList): Promise<void> {
  const items = list.files.map(({ reason, name, count }): QuickPickItem => ({
    label: name,
    description: count > 1 ? `${describe(reason)} (${count})` : describe(reason),
  }));
  if (items.length === 0) {
    await window.showInformationMessage(l10n.t('Nothing was left out of the session.'));
    return;
  }
  await window.showQuickPick(items, {
    title: l10n.t('Left out of the session since this window was opened'),
    placeHolder: l10n.t('These names stay in this list.'),
    matchOnDescription: true,
  });
}

/** How much was left out, by reason, in words. */
export function leftOutViews(list: LeftOutList): { readonly reason: string; readonly count: number }[] {
  return [...list.counts].map(([reason, count]) => ({ reason: describe(reason), count }));
}

function describe(reason: LeftOutReason): string {
  switch (reason) {
    case 'untrusted':
      return l10n.t('Files while the workspace was not trusted');
    case 'outside':
      return l10n.t('Files outside the workspace');
    case 'secret':
      return l10n.t('Files that hold secrets, by their name');
    case 'ignored':
      return l10n.t('Files that .gitignore, .endlessignore or the settings exclude');
    case 'tooLarge':
      return l10n.t('Files that are too large to be followed');
    case 'secretText':
      return l10n.t('Edits that look like a secret');
  }
}
