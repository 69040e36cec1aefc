import type { Block } from './lineDiff.js';

/** An edit that has settled, and the blocks that it tells of. */
export interface SettledEdit<T> {
  readonly edit: T;
  readonly blocks: readonly Block[];
}

/** Half-open range of lines of the settled text. Empty where lines were only removed. */
interface LineRange {
  readonly start: number;
  readonly end: number;
}

interface Region<T> {
  readonly edit: T;
  readonly ranges: readonly LineRange[];
}

/** Beyond that the oldest are forgotten; their edits then leave the window by age, like any other. */
const MAX_REGIONS = 64;

/**
 * Where the settled edits of one document lie in its settled text, so that a later edit of the same place is known to
 * make an earlier one worthless. An edit is superseded when all the lines that it left behind were changed once more: the
 * later diff then tells what they were and what they became.
 */
export class SettledRegions<T> {
  #regions: readonly Region<T>[] = [];

  /**
   * Takes a settlement in.
   *
   * @param blocks all that changed, also what no edit tells of
   * @returns the earlier edits that each of the edits supersedes, in the order of `edits`
   */
  settle(blocks: readonly Block[], edits: readonly SettledEdit<T>[]): readonly (readonly T[])[] {
    const superseded = edits.map((): T[] => []);
    const kept: Region<T>[] = [];
    for (const region of this.#regions) {
      const by = region.ranges.map((range) => edits.findLastIndex((edit) => edit.blocks.some(replaces(range))));
      if (by.includes(-1)) kept.push({ ...region, ranges: region.ranges.map(movedBy(blocks)) });
      else superseded[Math.max(...by)]?.push(region.edit);
    }
    for (const { edit, blocks: told } of edits)
      kept.push({ edit, ranges: told.map((block) => leftBehind(block, blocks)) });
    this.#regions = kept.slice(-MAX_REGIONS);
    return superseded;
  }
}

const replaces =
  ({ start, end }: LineRange) =>
  ({ oldStart, removed }: Block): boolean => {
    const oldEnd = oldStart + removed.length;
    // A place where lines were removed counts only when they are put back, or when all around it changes.
    if (start === end) return removed.length === 0 ? oldStart === start : oldStart < start && start < oldEnd;
    return oldStart <= start && end <= oldEnd;
  };

/** Where a range lies once the blocks have been applied. */
const movedBy =
  (blocks: readonly Block[]) =>
  ({ start, end }: LineRange): LineRange => {
    let [movedStart, movedEnd] = [start, end];
    for (const { oldStart, removed, added } of blocks) {
      const oldEnd = oldStart + removed.length;
      const delta = added.length - removed.length;
      if (oldEnd <= start) movedStart += delta;
      else if (oldStart < start) movedStart -= start - oldStart;
      if (oldEnd <= end && oldStart < end) movedEnd += delta;
      else if (oldStart <= start && oldEnd <= start) movedEnd += delta;
      else if (oldStart < end) movedEnd += oldEnd - end + delta;
    }
    return { start: movedStart, end: Math.max(movedStart, movedEnd) };
  };

/** The lines that a block leaves behind, in the text to which all blocks have been applied. */
function leftBehind(block: Block, blocks: readonly Block[]): LineRange {
  let start = block.oldStart;
  for (const { oldStart, removed, added } of blocks)
    if (oldStart < block.oldStart) start += added.length - removed.length;
  return { start, end: start + block.added.length };
}
