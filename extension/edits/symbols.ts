import { indentOf, isBlank } from './lines.js';

/** A named construct of a file. */
export interface CodeSymbol {
  /** One word as a reader would say it: class, function, method. */
  readonly kind: string;
  readonly name: string;
}

/** One in its place. */
export interface PlacedSymbol extends CodeSymbol {
  /** Which it begins on. */
  readonly line: number;
}

/** The symbols around a line, outermost first, the one declared on the line itself included. */
export type FindSymbols = (lines: readonly string[], line: number) => readonly PlacedSymbol[];

interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
}

const MODIFIERS =
  '(?:(?:export|default|declare|abstract|public|private|protected|internal|static|final|sealed|readonly|override|async|pub(?:\\([^)]*\\))?|unsafe|open|partial|virtual)\\s+)*';

/** First match wins. The first group is the name. */
const RULES: readonly Rule[] = [
  { kind: 'class', pattern: new RegExp(`^\\s*${MODIFIERS}(?:data\\s+)?class\\s+([\\w$]+)`) },
  { kind: 'interface', pattern: new RegExp(`^\\s*${MODIFIERS}interface\\s+([\\w$]+)`) },
  { kind: 'enum', pattern: new RegExp(`^\\s*${MODIFIERS}(?:const\\s+)?enum\\s+(?:class\\s+)?([\\w$]+)`) },
  { kind: 'struct', pattern: new RegExp(`^\\s*${MODIFIERS}struct\\s+(\\w+)`) },
  { kind: 'struct', pattern: /^type\s+(\w+)\s+struct\b/ },
  { kind: 'interface', pattern: /^type\s+(\w+)\s+interface\b/ },
  { kind: 'trait', pattern: new RegExp(`^\\s*${MODIFIERS}trait\\s+(\\w+)`) },
  { kind: 'impl', pattern: /^\s*(?:unsafe\s+)?impl(?:<[^>]*>)?\s+(?:[\w:<>,' ]+\s+for\s+)?(\w+)/ },
  { kind: 'namespace', pattern: new RegExp(`^\\s*${MODIFIERS}namespace\\s+([\\w.:]+)`) },
  { kind: 'module', pattern: new RegExp(`^\\s*${MODIFIERS}(?:module|mod)\\s+([\\w:]+)\\s*(?:\\{|$)`) },
  { kind: 'function', pattern: new RegExp(`^\\s*${MODIFIERS}function\\s*\\*?\\s*([\\w$]+)`) },
  { kind: 'function', pattern: /^\s*(?:async\s+)?def\s+(?:self\.)?(\w+[?!]?)/ },
  { kind: 'function', pattern: new RegExp(`^\\s*${MODIFIERS}(?:const\\s+|extern\\s+"C"\\s+)?fn\\s+(\\w+)`) },
  {
    kind: 'function',
    pattern: new RegExp(`^\\s*${MODIFIERS}(?:suspend\\s+)?fun\\s+(?:<[^>]*>\\s*)?(?:\\w+\\.)?(\\w+)`),
  },
  { kind: 'method', pattern: /^func\s+\([^)]*\)\s*(\w+)/ },
  { kind: 'function', pattern: /^\s*func\s+(\w+)/ },
  {
    kind: 'function',
    pattern: new RegExp(
      `^\\s*${MODIFIERS}(?:const|let|var)\\s+([\\w$]+)[^=]*=\\s*(?:async\\s*)?(?:function\\b|(?:<[^>]*>)?(?:\\([^()]*\\)|[\\w$]+)(?:\\s*:\\s*[^=]+)?\\s*=>)`,
    ),
  },
  {
    // A method or a function of the C family: a name, parameters, and a body that opens on this line.
    kind: 'method',
    pattern: new RegExp(
      `^\\s+${MODIFIERS}(?:(?:get|set)\\s+|\\*\\s*)?(?:[\\w<>\\[\\],.?&*:]+\\s+)*?[&*]*([\\w$#~]+)\\s*(?:<[^>]*>)?\\((?:[^()]|\\([^()]*\\))*\\)\\s*(?:const\\s*)?(?::\\s*[^{;]+|throws\\s+[\\w., ]+)?\\{`,
    ),
  },
  {
    kind: 'function',
    pattern: /^(?:[\w<>[\],.?&*:]+\s+)+[&*]*([\w:~]+)\s*\((?:[^()]|\([^()]*\))*\)\s*(?:const\s*)?\{/,
  },
];

/** Words that look like a name before a parenthesis. */
const KEYWORDS = new Set(
  'if else for foreach while switch catch try return throw do with new super function await using lock match elif unless until when case'.split(
    ' ',
  ),
);

/** Kinds whose members are methods, not functions. */
const HOLDERS = new Set(['class', 'interface', 'struct', 'trait', 'impl', 'enum']);

/** The construct that a line declares, judged by the line alone. */
export function declarationOn(line: string): CodeSymbol | undefined {
  if (line.length > 200) return undefined;
  for (const { kind, pattern } of RULES) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return KEYWORDS.has(name) ? undefined : { kind, name };
  }
  return undefined;
}

/** Deepest chain that is told. */
export const MAX_SYMBOLS = 3;

/** By indentation and the look of a line: right for code that is formatted as usual, whatever the language. */
export const findSymbolsByIndentation: FindSymbols = (lines, line) => {
  const found: PlacedSymbol[] = [];
  let start = line;
  while (start > 0 && isBlank(lines[start] ?? '')) start--;
  // The line itself counts, then each line above that is indented less than all before it.
  let limit = Math.max(indentOf(lines[start] ?? ''), indentOf(lines[line] ?? '')) + 1;
  for (let at = start; at >= 0 && limit > 0; at--) {
    const text = lines[at] ?? '';
    if (isBlank(text) || indentOf(text) >= limit) continue;
    const symbol = declarationOn(text);
    if (symbol) found.unshift({ ...symbol, line: at });
    limit = indentOf(text) + (!symbol && continuesHeader(text, at === start) ? 1 : 0);
  }
  return asMembers(found).slice(0, MAX_SYMBOLS);
};

/** A line such as `{`, `) {` or `} else {`: the construct began further up, at the same indentation. */
function continuesHeader(text: string, isStart: boolean): boolean {
  return /^\s*\{\s*$/.test(text) || (/^\s*[})\]]/.test(text) && (isStart || /[{(:[]\s*$/.test(text)));
}

/** A function right inside a class is a method. */
export function asMembers<T extends CodeSymbol>(chain: readonly T[]): readonly T[] {
  return chain.map((symbol, index) => {
    const outer = chain[index - 1];
    const inside = outer !== undefined && HOLDERS.has(outer.kind);
    if (symbol.kind === 'function' && inside) return { ...symbol, kind: 'method' };
    if (symbol.kind === 'method' && index > 0 && !inside) return { ...symbol, kind: 'function' };
    return symbol;
  });
}
