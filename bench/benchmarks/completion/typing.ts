/** What somebody gets who types a line and takes over what is right. */
export interface TypedLine {
  readonly characters: number;
  /** Keys: characters, and one for each acceptance. */
  readonly keys: number;
  readonly asked: number;
  readonly shown: number;
  readonly accepted: number;
  /** Words that were taken over of a suggestion that is wrong further on. */
  readonly words: number;
  /** Tokens evaluated for all of it. */
  readonly evaluated: number;
  readonly milliseconds: readonly number[];
}

export interface Answer {
  /** What is shown; empty for nothing. */
  readonly text: string;
  readonly evaluated: number;
  readonly milliseconds: number;
}

/** A suggestion shorter than that is not worth the key. */
const LEAST_WORTH = 2;

/**
 * Types a line, character by character. A suggestion that fits is typed through without asking again. When all of it is
 * right it is accepted, and when only its next word is, that word: one key each (VS Code's Accept and Accept Word).
 *
 * @param from characters that stand there already
 * @param ask for what is shown when so many characters of the line stand there
 */
export async function typeLine(
  line: string,
  from: number,
  ask: (typed: number) => Promise<Answer>,
): Promise<TypedLine> {
  let [keys, asked, shown, accepted, words, evaluated] = [0, 0, 0, 0, 0, 0];
  const milliseconds: number[] = [];
  let left = '';
  let typed = from;
  while (typed < line.length) {
    if (left === '') {
      const answer = await ask(typed);
      asked += 1;
      evaluated += answer.evaluated;
      milliseconds.push(answer.milliseconds);
      left = answer.text;
      if (left !== '') shown += 1;
    }
    keys += 1;
    if (left.length >= LEAST_WORTH && line.startsWith(left, typed)) {
      typed += left.length;
      accepted += 1;
      left = '';
      continue;
    }
    const word = nextWord(left);
    if (word.length >= LEAST_WORTH && standsThere(word, line, typed)) {
      typed += word.length;
      words += 1;
      left = left.slice(word.length);
    } else {
      left = left.startsWith(line[typed]!) ? left.slice(1) : '';
      typed += 1;
    }
  }
  return { characters: line.length - from, keys, asked, shown, accepted, words, evaluated, milliseconds };
}

const nextWord = (text: string): string => /^\s*(?:\w+|[^\w\s]+)/.exec(text)?.[0] ?? '';

/** Not as the beginning of a longer word. */
const standsThere = (word: string, line: string, at: number): boolean =>
  line.startsWith(word, at) && !(/\w$/.test(word) && /^\w/.test(line.slice(at + word.length)));
