import type { Vocabulary } from '../llama/vocabulary.js';
import type { FimFormat } from './fimFormat.js';

/** Lines in steps of which the start of the prefix moves, so that the branch stays the same from line to line. */
const PREFIX_STEP_LINES = 16;

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
  vocabulary: Pick<Vocabulary, 'encode'>,
  budget: number,
): CompletionPrompt {
  const header = format.file === undefined ? [] : [format.file, ...vocabulary.encode(`${request.path}\n`)];
  const typed = vocabulary.encode(request.typed);
  const room = budget - header.length - typed.length - 3;
  if (room <= 0) return { tokens: [], frozen: 0 };
  const suffix = vocabulary
    .encode(request.suffix.slice(0, (room / 4) * CHARS_PER_TOKEN))
    .slice(0, Math.floor(room / 4));
  const prefix = fitPrefix(request.prefix, vocabulary, room - suffix.length);
  const frozen = [...header, format.prefix, ...prefix, format.suffix, ...suffix, format.middle];
  return { tokens: [...frozen, ...typed], frozen: frozen.length };
}

/** The last lines of the prefix that fit, beginning at a line whose number is a multiple of the step. */
function fitPrefix(prefix: string, vocabulary: Pick<Vocabulary, 'encode'>, room: number): number[] {
  const lines = prefix.split('\n');
  for (let first = firstLine(lines, room * CHARS_PER_TOKEN); first < lines.length; first = nextStep(first)) {
    const tokens = vocabulary.encode(lines.slice(first).join('\n'));
    if (tokens.length <= room) return tokens;
  }
  // Not even a few lines fit: one very long line. Its end is what matters.
  return vocabulary
    .encode(
      lines
        .slice(-2)
        .join('\n')
        .slice(-room * CHARS_PER_TOKEN),
    )
    .slice(-room);
}

const nextStep = (line: number): number => (Math.floor(line / PREFIX_STEP_LINES) + 1) * PREFIX_STEP_LINES;

/** The first line from which at most `chars` characters are left, rounded up to a step. */
function firstLine(lines: readonly string[], chars: number): number {
  let left = chars;
  for (let line = lines.length - 1; line >= 0; line -= 1) {
    left -= (lines[line]?.length ?? 0) + 1;
    if (left < 0) return nextStep(line);
  }
  return 0;
}
