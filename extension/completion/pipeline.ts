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

/** What is left of a suggestion whose indentation the person has begun to type looks as if it had that twice; it has not. */
const TRIMS_OF_REST = TRIMS.filter((trim) => trim !== dropDoubleIndent);

/** From what the model wrote to what a person is shown; undefined when nothing is worth showing. */
export const toSuggestion = (raw: string, context: CursorContext): Suggestion | undefined =>
  suggest(raw, context, TRIMS);

/** The same for what is left of a suggestion after a part of it was typed. */
export const toRestOfSuggestion = (rest: string, context: CursorContext): Suggestion | undefined =>
  suggest(rest, context, TRIMS_OF_REST);

function suggest(raw: string, context: CursorContext, trims: readonly Trim[]): Suggestion | undefined {
  const text = trims.reduce((left, trim) => (left === '' ? '' : trim(left, context)), raw);
  if (text === '') return undefined;
  const tail = tailOf(context.suffix);
  const replaces = closersToReplace(text, tail, context.typed);
  // What is left must say something that does not stand there already.
  const standsThere = text.trim() === tail.slice(0, replaces).trim() || (isClosersOnly(text) && tail.startsWith(text));
  return standsThere ? undefined : { text, replaces };
}
