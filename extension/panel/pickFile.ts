import { l10n, ThemeIcon, type Uri, window, workspace, type QuickPickItem } from 'vscode';

interface Item extends QuickPickItem {
  readonly uri: Uri;
}

/** Files of the workspace that are listed. */
const MOST = 5000;

/** Lets the person choose a file of the workspace by its path. What `files.exclude` hides is not listed. */
export async function pickFile(): Promise<Uri | undefined> {
  const chosen = await window.showQuickPick<Item>(listed(), {
    title: l10n.t('Attach a file'),
    placeHolder: l10n.t('A file of the workspace, by its name or path'),
    matchOnDescription: true,
  });
  return chosen?.uri;
}

async function listed(): Promise<Item[]> {
  const files = await workspace.findFiles('**/*', undefined, MOST);
  return files
    .map((uri): Item => {
      const path = workspace.asRelativePath(uri);
      const at = path.lastIndexOf('/');
      return {
        label: path.slice(at + 1),
        description: path.slice(0, Math.max(0, at)),
        iconPath: ThemeIcon.File,
        uri,
      };
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}
