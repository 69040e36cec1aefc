import { closersToReplace } from './closers.js';
import { withFileIndent } from './fileIndent.js';
import { isClosersOnly, tailOf, type CursorContext } from './cursorContext.js';
import {
  dropDoubleIndent,
  dropEmptyComments,
  dropPathLine,
  dropRepeatOfLineAbove,
  dropTailOverlap,
  normaliseLineEnds,
  nothingIfBlank,
  oneLineBeforeTail,
  stopAtControlText,
  stopAtDedent,
  stopAtEmptyLines,
  stopAtLoop,
  stopAtRepetition,
  stopAtSuffixLine,
  stripFence,
  stopAtFence,
  trimEnd,
  type Trim,
} from './trims.js';

/** What is offered at the cursor. */
export interface Suggestion {
  readonly text: string;
  /** Characters behind the cursor, on its line, that the text takes the place of. */
  readonly replaces: number;
}

const TRIMS: readonly Trim[] = [
  normaliseLineEnds,
  stopAtControlText,
  stripFence,
  stopAtFence,
  dropPathLine,
  dropEmptyComments,
  withFileIndent,
  dropDoubleIndent,
  oneLineBeforeTail,
  stopAtSuffixLine,
  stopAtEmptyLines,
  stopAtDedent,
  stopAtLoop,
  stopAtRepetition,
  dropTailOverlap,
  dropRepeatOfLineAbove,
  trimEnd,
  nothingIfBlank,
];

/** From what the model wrote to what a person is shown; undefined when nothing is worth showing. */
export function toSuggestion(raw: string, context: CursorContext): Suggestion | undefined {
  const text = TRIMS.reduce((left, trim) => (left === '' ? '' : trim(left, context)), raw);
  if (text === '') return undefined;
  const tail = tailOf(context.suffix);
  const replaces = closersToReplace(text, tail, context.typed);
  // What is left must say something that does not stand there already.
  const standsThere = text.trim() === tail.slice(0, replaces).trim() || (isClosersOnly(text) && tail.startsWith(text));
  return standsThere ? undefined : { text, replaces };
}
