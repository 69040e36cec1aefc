import { l10n, ThemeIcon, type Uri, window, workspace, type QuickPickItem } from 'vscode';
import { excludedGlobs } from './excludedGlobs.js';

interface Item extends QuickPickItem {
  readonly uri: Uri;
}

/** Files of the workspace that are listed. */
const MOST = 5000;

/**
 * Lets the person choose a file of the workspace by its path. What `files.exclude` and `search.exclude` hide is not listed:
 * the files of `node_modules` would take all the room.
 */
export async function pickFile(): Promise<Uri | undefined> {
  const files = await workspace.findFiles('**/*', hidden(), MOST + 1);
  const chosen = await window.showQuickPick<Item>(listed(files.slice(0, MOST)), {
    title: l10n.t('Attach a file'),
    placeHolder:
      files.length > MOST
        ? l10n.t('{0} of the workspace’s files, by name or path; for another one, open it and take @file', MOST)
        : l10n.t('A file of the workspace, by its name or path'),
    matchOnDescription: true,
  });
  return chosen?.uri;
}

/** VS Code adds those of `files.exclude` by itself. */
function hidden(): string | undefined {
  const globs = excludedGlobs(workspace.getConfiguration('search').get<object>('exclude', {}));
  return globs.length > 0 ? `{${globs.join(',')}}` : undefined;
}

function listed(files: readonly Uri[]): Item[] {
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
