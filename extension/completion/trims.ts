import { indentOf, isBlank } from '../edits/lines.js';
import { isClosersOnly, tailOf, type CursorContext } from './cursorContext.js';

/** One rule of the pipeline: takes what the model wrote and returns what is left of it. */
export type Trim = (text: string, context: CursorContext) => string;

/** Control tokens of any model, written out as text. */
const CONTROL =
  /<\|[\w▁ -]*\|?>|<｜[^｜>]*｜>|<\/s>|<(?:PRE|SUF|MID|EOT|eos|bos|(?:start|end)_of_turn|file_sep|reponame|fim_\w+)>|\[(?:PREFIX|SUFFIX|MIDDLE)\]/g;

export const stopAtControlText: Trim = (text) => {
  for (const { 0: control, index } of text.matchAll(CONTROL))
    // HTML has it too, after an opening one.
    if (control !== '</s>' || !text.slice(0, index).includes('<s>')) return text.slice(0, index);
  return text;
};

export const normaliseLineEnds: Trim = (text) => text.replace(/\r\n?/g, '\n');

/** A fenced answer is the code inside the fence. */
export const stripFence: Trim = (text) => {
  const fenced = /^\s*```[\w+-]*\n([\s\S]*?)(?:\n?```|$)/.exec(text);
  return fenced?.[1] ?? text;
};

/** Where the code ends and the model begins to explain it, unless the file itself has opened the fence. */
export const stopAtFence: Trim = (text, { prefix }) => {
  const at = text.search(/\n\s*```/);
  const opened = (prefix.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
  return at < 0 || opened ? text : text.slice(0, at);
};

/** A line with something behind the cursor is finished, not continued below. */
export const oneLineBeforeTail: Trim = (text, { suffix }) => {
  if (isClosersOnly(tailOf(suffix))) return text;
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
};

/** The next line that stands after the cursor's line is not written again. */
export const stopAtSuffixLine: Trim = (text, { typed, suffix }) => {
  const next = suffix
    .split('\n')
    .slice(1)
    .find((line) => !isBlank(line));
  if (next === undefined) return text;
  const lines = text.split('\n');
  const there = inEssence(next);
  const at = lines.findIndex((line, index) => {
    const whole = index === 0 ? typed + line : line;
    return whole.trimEnd() === next.trimEnd() || (/\w/.test(there) && inEssence(whole) === there);
  });
  return at < 0 ? text : lines.slice(0, at).join('\n');
};

/** A line without what a formatter decides: its kind of quotes, its spaces, a comma or semicolon at its end. */
function inEssence(line: string): string {
  return line.replace(/["'`]/g, "'").replace(/\s+/g, '').replace(/[;,]$/, '');
}

/** A comment that says nothing. */
export const dropEmptyComments: Trim = (text, { typed }) =>
  text
    .split('\n')
    .filter((line, index) => !/^\s*(?:\/\/|#|--)\s*$/.test(index === 0 ? typed + line : line))
    .join('\n');

/** Models write the path of a file over its text, as in their training; the text is what was asked for. */
export const dropPathLine: Trim = (text, { typed }) => {
  const [first = '', ...rest] = text.split('\n');
  const isPath =
    /^\s*(?:\/\/|#|--|\/\*)\s*(?:(?:path|file(?:name)?):\s*)?[\w@.-]*(?:\/[\w@.-]+)*\.\w{1,5}\s*(?:\*\/)?\s*$/i;
  return rest.length > 0 && isBlank(typed) && isPath.test(first) ? rest.join('\n') : text;
};

/** What already stands behind the cursor on its line is not written again; brackets alone are matched elsewhere. */
export const dropTailOverlap: Trim = (text, { suffix }) => {
  const tail = tailOf(suffix).trimEnd();
  if (tail === '' || isClosersOnly(tail)) return text;
  const longest = Math.min(tail.length, text.length);
  for (let length = longest; length >= 3; length--)
    if (text.endsWith(tail.slice(0, length))) return text.slice(0, text.length - length);
  return text;
};

/** A line that only says the line above once more is nothing. */
export const dropRepeatOfLineAbove: Trim = (text, { prefix, typed }) => {
  const above = prefix.split('\n').findLast((line) => !isBlank(line));
  const [first = ''] = text.split('\n');
  return above !== undefined && (typed + first).trim() === above.trim() && /\w/.test(above) ? '' : text;
};

/** Same lines written so often are a model that goes in circles. */
const MOST_REPEATS = 2;

export const stopAtRepetition: Trim = (text) => {
  const lines = text.split('\n');
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const key = line.trim();
    if (!/\w/.test(key)) continue;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > MOST_REPEATS)
      return lines.slice(0, lines.findIndex((candidate) => candidate.trim() === key) + 1).join('\n');
    // Twice in a row is once too many for a whole statement.
    if (index > 0 && lines[index - 1]?.trim() === key && key.length > 8) return lines.slice(0, index).join('\n');
  }
  return text;
};

/** The same words once more, and once more, and once more: what comes again is left out. */
export const stopAtLoop: Trim = (text) => {
  const loop = /([^\n]{6,40}?)\1{3,}/.exec(text);
  // Rules of signs, and long rows of spaces, are no loops.
  if (loop === null || !/\w\w/.test(loop[1] ?? '')) return text;
  return text.slice(0, loop.index + (loop[1]?.length ?? 0));
};

/** A block ends where the indentation falls below that of its first line; the bracket that closes it still belongs to it. */
export const stopAtDedent: Trim = (text, { prefix, typed }) => {
  const lines = text.split('\n');
  const indent = indentOf(typed + (isBlank(typed) ? (lines[0] ?? '') : ''));
  const above = prefix.split('\n').findLast((line) => !isBlank(line)) ?? '';
  const opened = isBlank(typed) && /[{([]\s*$/.test(above);
  const closes = (line: string): boolean => opened && /^\s*[)\]}]/.test(line) && indentOf(line) === indentOf(above);
  const end = lines.findIndex((line, index) => index > 0 && !isBlank(line) && indentOf(line) < indent && !closes(line));
  return end < 0 ? text : lines.slice(0, end).join('\n');
};

/** Two empty lines in a row end a completion. */
export const stopAtEmptyLines: Trim = (text) => {
  const at = text.search(/\n[ \t]*\n[ \t]*\n/);
  return at < 0 ? text : text.slice(0, at);
};

/** Leading indentation that the cursor's line has already. */
export const dropDoubleIndent: Trim = (text, { typed }) => {
  if (typed === '' || !isBlank(typed)) return / $/.test(typed) ? text.replace(/^ +/, '') : text;
  return text.startsWith(typed) ? text.slice(typed.length) : text;
};

export const trimEnd: Trim = (text) => text.trimEnd();

/** White space alone is not worth a suggestion. */
export const nothingIfBlank: Trim = (text) => (isBlank(text) ? '' : text);
