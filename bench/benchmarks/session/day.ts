import type { CompletionRequest } from '../../../inference/session/completer.js';
import type { Incoming } from '../../../inference/session/sessionOptions.js';
import { readSources } from '../../text/sources.js';

/** What happens between two questions, and the question. */
export interface Round {
  readonly edits: readonly Incoming[];
  readonly completion: CompletionRequest;
  readonly question: string;
}

const QUESTIONS = [
  'What did I change last?',
  'In which file was my last change?',
  'And before that?',
  'What line did I add last?',
];

const EDITS = 3;

/** Lines of an edit, and lines that a round moves on in a file. */
const EDIT_LINES = 4;
const ROUND_LINES = EDITS * EDIT_LINES;

/**
 * A day's work as the editor would tell it: someone goes through the sources of the dependencies from top to bottom,
 * writes them line by line, has the next line completed, and asks about it. The same in every run.
 */
export async function* workingDay(root: string): AsyncGenerator<Round, undefined> {
  let round = 0;
  for await (const { path, text } of readSources(root)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    for (let at = 0; at + ROUND_LINES + 2 <= lines.length; at += ROUND_LINES) {
      const edits = Array.from({ length: EDITS }, (_, index): Incoming => {
        const from = at + index * EDIT_LINES;
        const before = lines[from - 1];
        const added = lines.slice(from, from + EDIT_LINES).map((line) => `+${line}`);
        return {
          kind: 'edit',
          title: path,
          text: [path, ...(before === undefined ? [] : [` ${before}`]), ...added].join('\n'),
        };
      });
      const next = lines[at + ROUND_LINES] ?? '';
      const completion: CompletionRequest = {
        path,
        prefix: `${lines.slice(0, at + ROUND_LINES).join('\n')}\n`,
        typed: next.slice(0, Math.floor(next.length / 3)),
        suffix: `\n${lines.slice(at + ROUND_LINES + 1, at + ROUND_LINES + 8).join('\n')}`,
        maxTokens: 24,
        singleLine: true,
      };
      yield { edits, completion, question: QUESTIONS[round % QUESTIONS.length]! };
      round += 1;
    }
  }
  return undefined;
}
