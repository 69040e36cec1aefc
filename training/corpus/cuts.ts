/** Where a file can be cut for fill-in-the-middle: at syntax nodes, as a person leaves a gap while typing. */
import type { Capture, SyntaxNode } from './grammars.js';

/** Start and end of the middle, in UTF-16 units. */
export type Cut = readonly [start: number, end: number];

const SHORTEST = 4;
const LONGEST = 400;

/** The most of each kind in one file: 40 together. */
const MOST: Readonly<Record<string, number>> = { value: 14, statement: 10, arguments: 9, block: 7 };

/** Of each kind so many, spread over the file, in the order of the text. */
export function cutsOf(captures: readonly Capture[], text: string): readonly Cut[] {
  const chosen = Object.entries(MOST).flatMap(([kind, most]) =>
    spread(
      captures.flatMap(({ name, node }) => (name === kind ? cutAt(kind, node, text) : [])),
      most,
    ),
  );
  chosen.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  return chosen.filter(([start, end], i) => {
    const previous = chosen[i - 1];
    return previous?.[0] !== start || previous[1] !== end;
  });
}

function cutAt(kind: string, node: SyntaxNode, text: string): readonly Cut[] {
  const { startIndex, endIndex } = node;
  if (endIndex - startIndex < SHORTEST || endIndex - startIndex > LONGEST + 2 || node.type === 'comment') return [];
  const inside = kind === 'block' || kind === 'arguments';
  const start = inside ? startIndex + 1 : startIndex;
  const middle = text.slice(start, inside ? endIndex - 1 : endIndex).trimEnd();
  const length = middle.length;
  return middle.trim().length >= SHORTEST && length <= LONGEST ? [[start, start + length]] : [];
}

function spread(cuts: readonly Cut[], most: number): readonly Cut[] {
  if (cuts.length <= most) return cuts;
  const step = cuts.length / most;
  return cuts.filter((_, i) => Math.floor((i + 1) / step) > Math.floor(i / step));
}
