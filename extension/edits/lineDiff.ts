import { diffArrays } from 'diff';

/** Lines of the old text that became lines of the new one. Line numbers count from 0. */
export interface Block {
  readonly oldStart: number;
  readonly removed: readonly string[];
  readonly newStart: number;
  readonly added: readonly string[];
}

/** Above this many changed lines the search for the smallest diff is given up: all between the ends is one block. */
const MAX_EDIT_LENGTH = 1_000;

/** The smallest set of changed blocks between two texts, in order. */
export function diffBlocks(before: readonly string[], after: readonly string[]): Block[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;

  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  if (removed.length === 0 && added.length === 0) return [];
  const whole: Block = { oldStart: head, removed, newStart: head, added };
  if (removed.length === 0 || added.length === 0) return [whole];

  const changes = diffArrays(removed, added, { maxEditLength: MAX_EDIT_LENGTH });
  if (!changes) return [whole];
  const blocks: Block[] = [];
  let oldLine = head;
  let newLine = head;
  let open: { oldStart: number; removed: string[]; newStart: number; added: string[] } | undefined;
  for (const change of changes) {
    if (!change.added && !change.removed) {
      oldLine += change.count;
      newLine += change.count;
      open = undefined;
      continue;
    }
    if (!open) {
      open = { oldStart: oldLine, removed: [], newStart: newLine, added: [] };
      blocks.push(open);
    }
    if (change.removed) {
      open.removed.push(...change.value);
      oldLine += change.count;
    } else {
      open.added.push(...change.value);
      newLine += change.count;
    }
  }
  return blocks;
}

/** The old text with some of the blocks applied to it. */
export function applyBlocks(before: readonly string[], blocks: readonly Block[]): string[] {
  const result: string[] = [];
  let line = 0;
  for (const block of blocks) {
    for (; line < block.oldStart; line++) result.push(before[line] ?? '');
    result.push(...block.added);
    line += block.removed.length;
  }
  for (; line < before.length; line++) result.push(before[line] ?? '');
  return result;
}
