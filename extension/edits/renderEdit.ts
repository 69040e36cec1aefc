import type { Settlement } from './documentShadow.js';
import type { Block } from './lineDiff.js';
import { isBlank } from './lines.js';
import type { PlacedSymbol, FindSymbols } from './symbols.js';

/** A settled edit as it enters the stream; the body format is that of docs/stream-format.md. */
export interface RenderedEdit {
  /** Path and enclosing symbols; also the first line of the text. */
  readonly title: string;
  readonly text: string;
  /** Every line of the diff, uncut and with no mark, and whatever it stands on: for looking for secrets. */
  readonly lines: readonly string[];
  /** What it tells of. */
  readonly blocks: readonly Block[];
}

/** What is larger than this is told in one line. */
export interface EditLimits {
  /** Removed and added lines of one edit. */
  readonly lines: number;
  readonly characters: number;
  /** Edits that one settlement may become; more are told together in one line. */
  readonly edits: number;
}

/** Longer lines are cut. */
const MAX_LINE = 160;

/** Lines of context looked at on each side; the nearest one that is not blank is shown. */
const CONTEXT_LINES = 2;

/** Unchanged lines between two blocks that still make one hunk. */
const MAX_GAP = 2;

/** A line of a hunk. */
interface HunkLine {
  /** With its mark, cut. */
  readonly told: string;
  readonly whole: string;
}

/** Between two hunks of one edit. */
const HUNK_SEPARATOR: HunkLine = { told: '…', whole: '' };

/**
 * The edits of one settlement: one for each run of hunks in the same symbols. Lines that are blank are left out, and an
 * edit of nothing but blank lines is none.
 */
export function renderEdits(
  path: string,
  { before, after, blocks }: Settlement,
  findSymbols: FindSymbols,
  limits: EditLimits,
): readonly RenderedEdit[] {
  const telling = blocks.filter((block) => [...block.removed, ...block.added].some((line) => !isBlank(line)));
  if (telling.length === 0) return [];

  const groups: { readonly chain: string; readonly hunks: HunkLine[]; readonly blocks: Block[] }[] = [];
  for (const hunk of joinNear(telling)) {
    const chain = symbolsOf(hunk, before, after, findSymbols);
    const lines = renderHunk(hunk, after);
    const last = groups.at(-1);
    if (last?.chain === chain) {
      last.hunks.push(HUNK_SEPARATOR, ...lines);
      last.blocks.push(...hunk);
    } else groups.push({ chain, hunks: lines, blocks: [...hunk] });
  }
  if (groups.length > limits.edits) return [summary(path, telling, limits)];
  return groups.map((group) => {
    const title = path + group.chain;
    const text = [title, ...group.hunks.map(({ told }) => told)].join('\n');
    const changed = group.blocks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);
    if (changed > limits.lines || text.length > limits.characters) return summary(title, group.blocks, limits);
    return { title, text, lines: group.hunks.map(({ whole }) => whole), blocks: group.blocks };
  });
}

function joinNear(blocks: readonly Block[]): Block[][] {
  const hunks: Block[][] = [];
  let end = -1;
  for (const block of blocks) {
    const last = hunks.at(-1);
    if (last && block.newStart - end <= MAX_GAP) last.push(block);
    else hunks.push([block]);
    end = block.newStart + block.added.length;
  }
  return hunks;
}

function renderHunk(hunk: readonly Block[], after: readonly string[]): HunkLine[] {
  const lines: HunkLine[] = [];
  const put = (mark: string, line: string | undefined): void => {
    if (line !== undefined && !isBlank(line)) lines.push({ told: mark + cut(line), whole: line });
  };
  const first = hunk[0];
  const last = hunk.at(-1);
  if (!first || !last) return lines;
  put(
    ' ',
    after.slice(Math.max(0, first.newStart - CONTEXT_LINES), first.newStart).findLast((line) => !isBlank(line)),
  );
  let next = first.newStart;
  for (const block of hunk) {
    for (const line of after.slice(next, block.newStart)) put(' ', line);
    for (const line of block.removed) put('-', line);
    for (const line of block.added) put('+', line);
    next = block.newStart + block.added.length;
  }
  put(
    ' ',
    after.slice(next, next + CONTEXT_LINES).find((line) => !isBlank(line)),
  );
  return lines;
}

/** ` › class Cart › method total`, or nothing at the top level. */
function symbolsOf(
  hunk: readonly Block[],
  before: readonly string[],
  after: readonly string[],
  findSymbols: FindSymbols,
): string {
  const block = hunk[0];
  if (!block) return '';
  const added = block.added.findIndex((line) => !isBlank(line));
  if (added < 0) {
    const removed = Math.max(
      0,
      block.removed.findIndex((line) => !isBlank(line)),
    );
    return chainOf(around(findSymbols(before, block.oldStart + removed), block.oldStart));
  }
  const symbols = findSymbols(after, block.newStart + added);
  return chainOf(block.removed.length > 0 ? symbols : around(symbols, block.newStart));
}

/** A construct that came or went as a whole, from the line `start` on, does not enclose itself. */
function around(symbols: readonly PlacedSymbol[], start: number): readonly PlacedSymbol[] {
  const innermost = symbols.at(-1);
  return innermost && innermost.line >= start ? symbols.slice(0, -1) : symbols;
}

function chainOf(symbols: readonly PlacedSymbol[]): string {
  return symbols.map(({ kind, name }) => ` › ${kind} ${name}`).join('');
}

/** `+120 −3 lines: first of them …`: what a paste or a formatter becomes. */
function summary(title: string, blocks: readonly Block[], limits: EditLimits): RenderedEdit {
  const added = blocks.reduce((sum, block) => sum + block.added.length, 0);
  const removed = blocks.reduce((sum, block) => sum + block.removed.length, 0);
  const changed = blocks.flatMap((block) => [...block.added, ...block.removed]);
  const first = cut(changed.find((line) => !isBlank(line))?.trim() ?? '', Math.min(80, limits.characters));
  return { title, text: `${title}\n+${added} −${removed} lines: ${first} …`, lines: changed, blocks };
}

function cut(line: string, length = MAX_LINE): string {
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
