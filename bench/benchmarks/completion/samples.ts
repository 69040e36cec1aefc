import { splitAtCursor, type CursorContext } from '../../../extension/completion/cursorContext.js';
import { invitesBlock } from '../../../extension/completion/invitesBlock.js';
import { indentOf, isBlank } from '../../../extension/edits/lines.js';
import type { Random } from '../../../test/engine/gguf/random.js';
import type { Step } from './recording.js';

/** A place in a file at which a completion is asked for, and what was really written there. */
export interface Sample {
  readonly kind: 'line' | 'block';
  readonly path: string;
  readonly context: CursorContext;
  readonly truth: string;
}

/** Characters that a line must have besides white space. */
const LEAST_CHARACTERS = 8;

/** Lines of a block that are looked at. */
const MOST_BLOCK_LINES = 8;

/** The share of a line that is typed when its rest is asked for. */
const TYPED = 1 / 3;

const LINES_OF_STEP = 2;

/** A few lines of the step after their first third, and the first block in it that is opened and filled. */
export function samplesOf(step: Step, random: Random): readonly Sample[] {
  const places = step.added.flatMap((line, index) => (isWorthCompleting(line) ? [index] : []));
  const lines: Sample[] = [];
  for (let left = LINES_OF_STEP; left > 0 && places.length > 0; left -= 1) {
    const [index = 0] = places.splice(Math.floor(random.uniform() * places.length), 1);
    lines.push(lineSample(step, index));
  }
  const block = blockSample(step);
  return block ? [...lines, block] : lines;
}

/** The cursor in an added line, with what was written before it and with nothing that was written after it. */
export function cursorIn({ before, at, removed, added }: Step, index: number, typed: number): CursorContext {
  const above = [...before.slice(0, at), ...added.slice(0, index)];
  const line = (added[index] ?? '').slice(0, typed);
  return splitAtCursor([...above, line].join('\n'), ['', ...before.slice(at + removed)].join('\n'));
}

function lineSample(step: Step, index: number): Sample {
  const line = (step.added[index] ?? '').trimEnd();
  const indent = line.length - line.trimStart().length;
  const typed = indent + Math.max(1, Math.round((line.length - indent) * TYPED));
  return { kind: 'line', path: step.path, context: cursorIn(step, index, typed), truth: line.slice(typed) };
}

/** As after Enter behind an opening bracket: the editor has written the closing one, and its line is all that follows. */
function blockSample(step: Step): Sample | undefined {
  const { before, at, removed, added, path } = step;
  for (const [index, opening] of added.entries()) {
    if (!/[{([]\s*$/.test(opening)) continue;
    const rest = added.slice(index + 1);
    const closing = rest.findIndex((line) => !isBlank(line) && indentOf(line) <= indentOf(opening));
    const body = rest.slice(0, Math.max(0, closing));
    const blank = body.findIndex(isBlank);
    const wanted = body.slice(0, blank < 0 ? MOST_BLOCK_LINES : Math.min(blank, MOST_BLOCK_LINES));
    const [first] = wanted;
    if (first === undefined || !/^\s*[)\]}]/.test(rest[closing] ?? '')) continue;
    const indent = first.slice(0, first.length - first.trimStart().length);
    const above = [...before.slice(0, at), ...added.slice(0, index + 1), indent].join('\n');
    const below = ['', rest[closing] ?? '', ...before.slice(at + removed)].join('\n');
    const context = splitAtCursor(above, below);
    if (invitesBlock(context))
      return { kind: 'block', path, context, truth: wanted.join('\n').slice(indent.length).trimEnd() };
  }
  return undefined;
}

export function isWorthCompleting(line: string): boolean {
  return line.replace(/\s/g, '').length >= LEAST_CHARACTERS && /\w/.test(line);
}
