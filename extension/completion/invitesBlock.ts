import { isBlank, indentOf } from '../edits/lines.js';
import { isClosersOnly, tailOf, type CursorContext } from './cursorContext.js';

/** Whether the place invites more than one line: a body is opened and not written yet, or an empty line begins a block. */
export function invitesBlock({ prefix, typed, suffix }: CursorContext): boolean {
  if (!isClosersOnly(tailOf(suffix))) return false;
  if (/(?:[{([:]|=>|\bdo|\bthen)\s*$/.test(typed)) return !bodyFollows(suffix, indentOf(typed));
  if (!isBlank(typed)) return false;
  const above = prefix.split('\n').findLast((line) => !isBlank(line));
  if (above === undefined) return true;
  if (/(?:[{([:]|=>|\bdo|\bthen)\s*$/.test(above)) return !bodyFollows(suffix, indentOf(above));
  // A comment asks for the code that it describes; an empty line between blocks asks for the next one.
  if (/^\s*(?:\/\/|#|--|\*\/|"""$)/.test(above)) return true;
  return isBlank(prefix.split('\n').at(-2) ?? 'x');
}

/** Whether the lines after the cursor are already indented as the body of a line with this indentation. */
function bodyFollows(suffix: string, indent: number): boolean {
  const next = suffix
    .split('\n')
    .slice(1)
    .find((line) => !isBlank(line));
  return next !== undefined && indentOf(next) > indent;
}
