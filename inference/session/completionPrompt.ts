import type { Vocabulary } from '../llama/vocabulary.js';
import type { FimFormat } from './fimFormat.js';
import { leaveEndOpen } from './openEnd.js';

/** Lines in steps of which the start of the prefix moves at most, so that the branch stays the same from line to line. */
const MOST_STEP_LINES = 16;

/** Characters that one token stands for at the most, on average: cheap bound before anything is tokenized. */
const CHARS_PER_TOKEN = 6;

export interface CursorContext {
  /** Workspace-relative, with `/`. */
  readonly path: string;
  /** Text before the start of the cursor's line. */
  readonly prefix: string;
  /** The cursor's line up to the cursor. */
  readonly typed: string;
  /** Text after the cursor. */
  readonly suffix: string;
}

export interface CompletionPrompt {
  readonly tokens: readonly number[];
  /** How many of them stay as they are while the person types on in the line. */
  readonly frozen: number;
  /** The end of what is typed, which is not among the tokens: the model writes it once more. */
  readonly open: string;
}

/**
 * The branch of a completion: file, prefix up to the start of the cursor's line, suffix, and what is typed on the line
 * as the beginning of the middle. A keystroke then changes only the end of it.
 *
 * @param budget most tokens of the prompt. The suffix gets a quarter of it, the prefix the rest.
 */
export function completionPrompt(
  request: CursorContext,
  format: FimFormat,
  vocabulary: Pick<Vocabulary, 'encode' | 'decode'>,
  budget: number,
): CompletionPrompt {
  const header = format.file === undefined ? [] : [format.file, ...vocabulary.encode(`${request.path}\n`)];
  const { tokens: typed, open } = leaveEndOpen(request.typed, vocabulary);
  const room = budget - header.length - typed.length - 3;
  if (room <= 0) return { tokens: [], frozen: 0, open: '' };
  const suffix = vocabulary
    .encode(request.suffix.slice(0, (room / 4) * CHARS_PER_TOKEN))
    .slice(0, Math.floor(room / 4));
  const prefix = fitPrefix(request.prefix, vocabulary, room - suffix.length);
  const frozen = [...header, format.prefix, ...prefix, format.suffix, ...suffix, format.middle];
  return { tokens: [...frozen, ...typed], frozen: frozen.length, open };
}

/**
 * The last lines of the prefix that fit, beginning at a line whose number is a multiple of a step: as large a step as
 * leaves half of the room filled at the least.
 */
function fitPrefix(prefix: string, vocabulary: Pick<Vocabulary, 'encode'>, room: number): number[] {
  const lines = prefix.split('\n');
  const fitting = countFitting(lines, vocabulary, room);
  let step = MOST_STEP_LINES;
  while (step > Math.max(1, fitting / 2)) step /= 2;
  for (let first = nextStep(lines.length - fitting - 1, step); first < lines.length - 1; first += step) {
    const tokens = vocabulary.encode(lines.slice(first).join('\n'));
    if (tokens.length <= room) return tokens;
  }
  // Not one line fits: its end is what matters.
  return vocabulary
    .encode(
      lines
        .slice(-2)
        .join('\n')
        .slice(-room * CHARS_PER_TOKEN),
    )
    .slice(-room);
}

/** The first multiple of the step after a line. */
const nextStep = (line: number, step: number): number => Math.max(0, (Math.floor(line / step) + 1) * step);

/** How many of the last lines fit, about: line ends may be tokens of their own, or not. */
function countFitting(lines: readonly string[], vocabulary: Pick<Vocabulary, 'encode'>, room: number): number {
  let left = room;
  for (let count = 0; count < lines.length; count += 1) {
    const line = lines[lines.length - 1 - count] ?? '';
    left -= line.length > left * CHARS_PER_TOKEN ? left + 1 : vocabulary.encode(`${line}\n`).length;
    if (left < 0) return count;
  }
  return lines.length;
}
