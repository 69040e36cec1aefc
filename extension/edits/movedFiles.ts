import { posix } from 'node:path';

/** A file or a folder under a new path. */
export interface Moved {
  readonly from: string;
  readonly to: string;
}

/** More than this at once came from somewhere else, and comparing each with each would take long. */
const MOST = 100;

/**
 * Which of the paths that vanished in one action are the ones that appeared: those of the same name in another folder,
 * or of another name with the same ending in the same folder. Where more than one would fit, none is taken for it.
 *
 * @param appeared only of files that are older than the action
 */
export function movedFiles(vanished: readonly string[], appeared: readonly string[]): readonly Moved[] {
  if (vanished.length > MOST || appeared.length > MOST) return [];
  const pairs = vanished.flatMap((from) => appeared.filter((to) => fits(from, to)).map((to) => ({ from, to })));
  const alone = (pair: Moved): boolean => !pairs.some((other) => other !== pair && touches(other, pair));
  return pairs.filter(alone);
}

function fits(from: string, to: string): boolean {
  if (posix.basename(from) === posix.basename(to)) return true;
  return posix.dirname(from) === posix.dirname(to) && posix.extname(from) === posix.extname(to);
}

const touches = (a: Moved, b: Moved): boolean => a.from === b.from || a.to === b.to;
