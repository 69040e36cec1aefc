import * as path from 'node:path';

/** Where a path in the settings is looked up. */
export interface Surroundings {
  readonly home: string;
  /** Folder of the first workspace folder, when there is one on this machine's disk. */
  readonly workspaceFolder: string | undefined;
}

/**
 * Absolute form of a path as a person writes it: `~` is the home folder, a relative path starts at the workspace folder.
 * Undefined when it is relative and no folder is open.
 */
export function resolvePath(written: string, { home, workspaceFolder }: Surroundings): string | undefined {
  const text = written.trim();
  if (text === '~') return home;
  if (/^~[\\/]/.test(text)) return path.join(home, text.slice(2));
  if (path.isAbsolute(text)) return path.normalize(text);
  return workspaceFolder === undefined ? undefined : path.join(workspaceFolder, text);
}
