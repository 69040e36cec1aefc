/** How near a completion is to what was written. */
export interface Score {
  readonly exact: boolean;
  /** 1 less the edit distance, in characters, over the length of the longer text. */
  readonly similarity: number;
}

/** Of a suggestion that is longer than what was written, as many lines count as were written. */
export function score(suggestion: string, truth: string): Score {
  const wanted = tidy(truth);
  const given = tidy(suggestion.split('\n').slice(0, truth.split('\n').length).join('\n'));
  const longer = Math.max(wanted.length, given.length);
  return { exact: given === wanted, similarity: longer === 0 ? 1 : 1 - editDistance(given, wanted) / longer };
}

/** Levenshtein's. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[line - 1] === b[column - 1] ? 0 : 1;
      next.push(Math.min(row[column]! + 1, next[column - 1]! + 1, row[column - 1]! + same));
    }
    row = next;
  }
  return row[b.length]!;
}

/** White space at the ends of lines is nobody's wish. */
const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
