/** Text of a file by its path from the opened folder, or undefined when there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** Folders above the opened one in which a repository is looked for. */
const MOST_ABOVE = 32;

/**
 * Names of the folders from the root of the git repository down to the opened folder, the latter included. None when that
 * is the root itself or lies in no repository.
 *
 * @param root path of the opened folder, with `/`.
 */
export async function foldersBelowRepository(root: string, read: ReadFile): Promise<readonly string[]> {
  const names = root.split('/').filter((name) => name !== '');
  // Above a drive of Windows there is nothing.
  const most = Math.min(MOST_ABOVE, /^[a-z]:$/i.test(names[0] ?? '') ? names.length - 1 : names.length);
  // All at once: edits are told only after this, and reading one after the other would be felt in a deep folder.
  const holds = await Promise.all(
    Array.from({ length: most + 1 }, (_, above) => holdsRepository('../'.repeat(above), read)),
  );
  const above = holds.indexOf(true);
  return above < 0 ? [] : names.slice(names.length - above);
}

/** Whether git takes the folder for the root of a repository; in a linked worktree and a submodule `.git` is a file. */
async function holdsRepository(folder: string, read: ReadFile): Promise<boolean> {
  const [head, link] = await Promise.all([read(`${folder}.git/HEAD`), read(`${folder}.git`)]);
  return head !== undefined || link?.startsWith('gitdir:') === true;
}
