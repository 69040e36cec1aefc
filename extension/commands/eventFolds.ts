/** Lines from 0, both included. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/** A fold for each event of a text that is put together from these parts: from its first line to the last of its own. */
export function eventFolds(parts: readonly string[]): readonly Fold[] {
  const folds: Fold[] = [];
  let line = 0;
  for (const part of parts) {
    const breaks = part.split('\n').length - 1;
    // The last line is shared with the next event, unless the part ends in a line end.
    const end = line + breaks - 1;
    if (end > line) folds.push({ start: line, end });
    line += breaks;
  }
  return folds;
}
