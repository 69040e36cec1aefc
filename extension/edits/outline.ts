import { indentOf, isBlank } from './lines.js';
import { asMembers, declarationOn, type CodeSymbol } from './symbols.js';

/** Bounds of an outline, so that opening a file never fills the window. */
export interface OutlineLimits {
  readonly lines: number;
  readonly characters: number;
}

/** Imports and signatures of a file: the body of an `outline` event without its path. Empty when nothing was found. */
export type MakeOutline = (lines: readonly string[], limits: OutlineLimits) => string;

export const MAX_IMPORTS = 4;
export const MAX_LINE = 90;
const MAX_DEPTH = 3;

/**
 * Before each line, as before a diff's lines of context: so that a name that begins a line has a blank before it, and with it the
 * same tokens as in a question or an answer. Small models find it again much more often.
 */
const FIRST_CHARACTER = ' ';

/** Lines after which a file is not looked at any further. */
const MAX_SCANNED = 20_000;

const IMPORT =
  /^(?:import\s.+|from\s+\S+\s+import\s.+|#include\s+.+|use\s+[\w:{},* ]+;|using\s+[\w.]+;|require(?:_relative)?\s+['"].+|(?:const|let|var)\s.+=\s*require\(.+\);?)$/;

/** The lines of an outline, within its limits. */
export class OutlineLines {
  readonly #limits: OutlineLimits;
  readonly #lines: string[] = [];
  #characters = 0;

  constructor(limits: OutlineLimits) {
    this.#limits = limits;
  }

  get text(): string {
    return this.#lines.join('\n');
  }

  /** Returns whether there was room for it. */
  add(line: string, depth = 0): boolean {
    const indented = FIRST_CHARACTER + '  '.repeat(Math.min(MAX_DEPTH, depth)) + line;
    if (this.#lines.length >= this.#limits.lines || this.#characters + indented.length > this.#limits.characters)
      return false;
    this.#lines.push(indented);
    this.#characters += indented.length + 1;
    return true;
  }
}

/** By simple line rules, one signature a line, two spaces a level after the first character, nothing from inside functions. */
export const makeOutlineByLines: MakeOutline = (lines, limits) => {
  const out = new OutlineLines(limits);
  let imports = 0;
  const open: { readonly symbol: CodeSymbol; readonly indent: number }[] = [];
  for (const line of lines.slice(0, MAX_SCANNED)) {
    if (line.length > 400 || isBlank(line)) continue;
    if (IMPORT.test(line)) {
      if (imports++ < MAX_IMPORTS && line.length <= MAX_LINE && !out.add(line.replace(/;\s*$/, ''))) break;
      continue;
    }
    const indent = indentOf(line);
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const declared = declarationOn(line);
    if (!declared) continue;
    const chain = asMembers([...open.map(({ symbol }) => symbol), declared]);
    const symbol = chain.at(-1) ?? declared;
    const outer = chain.at(-2);
    const insideFunction = outer?.kind === 'function' || outer?.kind === 'method';
    // What only looks like a method, a call with a block, stands inside nothing.
    const stray = declared.kind === 'method' && open.length === 0 && indent > 0;
    if (insideFunction || stray) continue;
    const text = signature(line);
    if (text.length <= MAX_LINE && !out.add(text, open.length)) break;
    open.push({ symbol, indent });
  }
  return out.text;
};

/** A declaration without its body and without what only says that it is exported. */
export function signature(line: string): string {
  return line
    .trim()
    .replace(/^export\s+(?:default\s+)?/, '')
    .replace(/\s*(?:\{.*|=>.*)$/, '')
    .replace(/[{;:\s]+$/, '');
}
