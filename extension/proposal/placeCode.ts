/** Where in a text a piece of code goes: the lines `start` to `end` (exclusive) are replaced by `lines`. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** What the person points at; lines from 0, `end` exclusive. An empty selection is the cursor's line. */
export interface Pointed {
  readonly start: number;
  readonly end: number;
  readonly empty: boolean;
}

/**
 * Finds the place of code from a chat. What is selected is replaced. Else the code replaces the lines from its own first
 * line to its own last one, where the text has both at the same depth, nearest to the cursor; it takes the depth that it
 * finds there. Code that the text knows nothing of goes in at the cursor's line.
 */
export function placeCode(text: readonly string[], code: string, pointed: Pointed): Place {
  const lines = code.replace(/\n+$/, '').split('\n');
  if (!pointed.empty) return { ...rangeOf(pointed), lines: atDepth(lines, depthAt(text, pointed.start)) };
  return (
    known(text, lines, pointed.start) ?? {
      start: pointed.start,
      end: pointed.start,
      lines: atDepth(lines, depthAt(text, pointed.start)),
    }
  );
}

function rangeOf({ start, end }: Pointed): { readonly start: number; readonly end: number } {
  return { start, end: Math.max(start + 1, end) };
}

function known(text: readonly string[], lines: readonly string[], cursor: number): Place | undefined {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  if (first === '') return undefined;
  const places: Place[] = [];
  text.forEach((line, start) => {
    if (line.trim() !== first.trim()) return;
    const depth = indentOf(line);
    const lastDepth = depth.length + indentOf(last).length - indentOf(first).length;
    const end = text.findIndex(
      (other, index) => index >= start && other.trim() === last.trim() && indentOf(other).length === lastDepth,
    );
    if (end >= 0) places.push({ start, end: end + 1, lines: atDepth(lines, depth) });
  });
  const distance = (place: Place): number =>
    cursor < place.start ? place.start - cursor : Math.max(0, cursor - place.end + 1);
  return places.sort((a, b) => distance(a) - distance(b))[0];
}

/** The lines with the least of their indentations replaced by this one. */
function atDepth(lines: readonly string[], depth: string): string[] {
  const written = lines.filter((line) => line.trim() !== '');
  const least = Math.min(...written.map((line) => indentOf(line).length));
  return lines.map((line) => (line.trim() === '' ? '' : depth + line.slice(least)));
}

/** The indentation of the line, or of the next one that has text. */
function depthAt(text: readonly string[], line: number): string {
  return indentOf(text.slice(line).find((other) => other.trim() !== '') ?? '');
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
