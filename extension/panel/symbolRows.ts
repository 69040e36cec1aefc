/** Lines and characters from 0, as VS Code counts them. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** A symbol as the language extensions tell of it: of a document as a tree, of the workspace with its place. */
export interface ToldSymbol {
  readonly name: string;
  readonly kind: number;
  readonly containerName?: string;
  /** Of the whole construct. */
  readonly range?: TextRange;
  readonly children?: readonly ToldSymbol[];
  readonly location?: { readonly uri: { toString(): string }; readonly range: TextRange };
}

/** One line of the list to choose from. */
export interface SymbolRow {
  readonly name: string;
  readonly kind: number;
  /** What it stands in, outermost first: `Cart › total`. Empty at the top. */
  readonly container: string;
  readonly uri: string;
  readonly range: TextRange;
}

/** The symbols of a document, each after the one that it stands in. */
export function symbolsOfDocument(symbols: readonly ToldSymbol[], uri: string, container = ''): readonly SymbolRow[] {
  return symbols.flatMap((symbol) => {
    const { name, kind, children = [] } = symbol;
    const range = symbol.range ?? symbol.location?.range;
    if (!range) return [];
    const inner = container === '' ? name : `${container} › ${name}`;
    const row = { name, kind, container: container === '' ? (symbol.containerName ?? '') : container, uri, range };
    return [row, ...symbolsOfDocument(children, uri, inner)];
  });
}

/** The symbols of the workspace, without those that stand in the list already. */
export function symbolsOfWorkspace(symbols: readonly ToldSymbol[], known: readonly SymbolRow[]): readonly SymbolRow[] {
  const seen = new Set(known.map(({ uri, name }) => `${uri} ${name}`));
  return symbols.flatMap(({ name, kind, containerName = '', location }) => {
    const uri = location?.uri.toString() ?? '';
    if (!location || seen.has(`${uri} ${name}`)) return [];
    return [{ name, kind, container: containerName, uri, range: location.range }];
  });
}

/** The whole construct of a symbol of which perhaps only the name's place is known. */
export function wholeRange(row: SymbolRow, ofDocument: readonly SymbolRow[]): TextRange {
  const around = ofDocument.filter(({ name, range }) => name === row.name && holds(range, row.range.start));
  return around.at(-1)?.range ?? row.range;
}

function holds({ start, end }: TextRange, { line, character }: TextPosition): boolean {
  if (line < start.line || line > end.line) return false;
  return !(line === start.line && character < start.character) && !(line === end.line && character > end.character);
}
