import type { EditLimits, RenderedEdit } from './renderEdit.js';

/** The edits of one file that settled together. */
export interface SettledFile {
  /** As the model sees it. */
  readonly path: string;
  readonly edits: readonly RenderedEdit[];
}

/** Files that may settle at about the same time and still be told one by one. */
const MOST_FILES = 3;

/** The most characters of the line that stands for all of them. */
const MOST_SHOWN = 80;

/** Whether one action changed so many files, as a renamed name or another branch does, that they are told together. */
export function isBurst(files: readonly SettledFile[]): boolean {
  return new Set(changed(files).map(({ path }) => path)).size > MOST_FILES;
}

/** `+12 −12 lines in 6 files: first of them …`, under the first of the files (docs/stream-format.md). */
export function renderBurst(
  files: readonly SettledFile[],
  limits: EditLimits,
): { readonly title: string; readonly text: string } {
  const told = changed(files);
  const title = told[0]?.path ?? '';
  const blocks = told.flatMap(({ edits }) => edits.flatMap((edit) => edit.blocks));
  const added = blocks.reduce((sum, block) => sum + block.added.length, 0);
  const removed = blocks.reduce((sum, block) => sum + block.removed.length, 0);
  const lines = blocks.flatMap((block) => [...block.added, ...block.removed]);
  const line = lines.map((each) => each.trim()).find((each) => each !== '') ?? '';
  const shown = line.slice(0, Math.min(MOST_SHOWN, limits.characters));
  const count = new Set(told.map(({ path }) => path)).size;
  return { title, text: `${title}\n+${added} −${removed} lines in ${count} files: ${shown} …` };
}

const changed = (files: readonly SettledFile[]): readonly SettledFile[] =>
  files.filter(({ edits }) => edits.length > 0);
