/** TypeScript and JavaScript parsed by the native tree-sitter. */
import { createRequire } from 'node:module';
import { QUERY } from './query.js';

/** A node of a syntax tree. Indexes count UTF-16 units, rows count from 0. */
export interface SyntaxNode {
  readonly id: number;
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly startPosition: { readonly row: number; readonly column: number };
  readonly endPosition: { readonly row: number; readonly column: number };
  readonly parent: SyntaxNode | null;
  readonly firstNamedChild: SyntaxNode | null;
  readonly previousNamedSibling: SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
}

/** What the query found: a node under the name that it has there. */
export interface Capture {
  readonly name: string;
  readonly node: SyntaxNode;
}

interface Parser {
  setLanguage(language: unknown): void;
  parse(read: (index: number) => string): { readonly rootNode: SyntaxNode };
}

interface Query {
  captures(node: SyntaxNode): readonly Capture[];
}

/** What is used of the package `tree-sitter`, whose own types know no queries. */
interface Native {
  new (): Parser;
  readonly Query: new (language: unknown, text: string) => Query;
}

interface Dialect {
  readonly parser: Parser;
  readonly query: Query;
}

/** The parser reads a text by pieces: one string of more than 32 kB is too long for it. */
const PIECE = 16_000;

const PLAIN_TYPESCRIPT = /\.m?ts$/;

/** The two dialects of the grammar; the one with JSX reads JavaScript too. */
export class Grammars {
  private readonly typescript: Dialect;
  private readonly tsx: Dialect;

  /** @throws Error where there is no ready-made tree-sitter; its message says what to do. */
  constructor() {
    const native = load('tree-sitter') as Native;
    const languages = load('tree-sitter-typescript') as { readonly typescript: unknown; readonly tsx: unknown };
    this.typescript = dialectOf(native, languages.typescript);
    this.tsx = dialectOf(native, languages.tsx);
  }

  /** What the query finds in a file, in the order of the text. */
  captures(path: string, text: string): readonly Capture[] {
    const { parser, query } = PLAIN_TYPESCRIPT.test(path) ? this.typescript : this.tsx;
    return query.captures(parser.parse((index) => text.slice(index, index + PIECE)).rootNode);
  }
}

function dialectOf(native: Native, language: unknown): Dialect {
  const parser = new native();
  parser.setLanguage(language);
  return { parser, query: new native.Query(language, QUERY) };
}

function load(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name) as unknown;
  } catch (cause) {
    throw new Error(
      `The package ${name} could not be loaded. Run \`npm ci\`; if that does not help, tree-sitter has no ready-made ` +
        `binary for ${process.platform}-${process.arch}: \`npm rebuild ${name}\` compiles one.`,
      { cause },
    );
  }
}
