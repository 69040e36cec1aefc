import {
  commands,
  l10n,
  QuickPickItemKind,
  SymbolKind,
  ThemeIcon,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import { Delayer } from '../base/async.js';
import { DisposableStore } from '../base/lifecycle.js';
import { symbolsOfDocument, symbolsOfWorkspace, wholeRange, type SymbolRow, type ToldSymbol } from './symbolRows.js';

/** A symbol that was chosen, with the whole of its construct. Lines from 0, both included. */
export interface ChosenSymbol {
  readonly name: string;
  readonly document: TextDocument;
  readonly first: number;
  readonly last: number;
}

interface Item extends QuickPickItem {
  readonly row?: SymbolRow;
}

/** Milliseconds without typing before the workspace is searched. */
const SETTLE = 200;
/** Symbols of the workspace that are listed. */
const MOST = 200;

/** Lets the person choose a symbol: of this document, and of the whole workspace by what is typed. */
export async function pickSymbol(document: TextDocument | undefined): Promise<ChosenSymbol | undefined> {
  const row = await choose(document?.uri);
  if (!row) return undefined;
  const target = await workspace.openTextDocument(Uri.parse(row.uri, true));
  const { start, end } = wholeRange(row, await rowsOf(target.uri));
  return { name: row.name, document: target, first: start.line, last: Math.min(end.line, target.lineCount - 1) };
}

async function rowsOf(uri: Uri | undefined): Promise<readonly SymbolRow[]> {
  if (!uri) return [];
  const told = await commands.executeCommand<ToldSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  return symbolsOfDocument(told ?? [], uri.toString());
}

function choose(uri: Uri | undefined): Promise<SymbolRow | undefined> {
  const store = new DisposableStore();
  const picker = store.add(window.createQuickPick<Item>());
  picker.title = l10n.t('Attach a symbol');
  picker.placeholder = l10n.t('A symbol of this file, or type to search the workspace');
  picker.matchOnDescription = true;
  const show = ({ ofDocument, ofWorkspace }: Symbols): void => {
    picker.items = [
      ...group(l10n.t('this file'), ofDocument, false),
      ...group(l10n.t('workspace'), ofWorkspace.slice(0, MOST), true),
    ];
  };
  let asked = '';
  const search = store.add(
    new Delayer(() => {
      const query = asked;
      void find(uri, query).then((found) => {
        // What was found for an earlier word is of no use any more.
        if (query !== asked || store.disposed) return;
        picker.busy = false;
        show(found);
      });
    }),
  );
  picker.busy = true;
  search.schedule(0);
  return new Promise((resolve) => {
    store.add(
      picker.onDidChangeValue((value) => {
        asked = value.trim();
        picker.busy = true;
        search.schedule(SETTLE);
      }),
    );
    store.add(
      picker.onDidAccept(() => {
        resolve(picker.activeItems[0]?.row);
        picker.hide();
      }),
    );
    store.add(
      picker.onDidHide(() => {
        resolve(undefined);
        store.dispose();
      }),
    );
    picker.show();
  });
}

interface Symbols {
  readonly ofDocument: readonly SymbolRow[];
  readonly ofWorkspace: readonly SymbolRow[];
}

/** Both anew for each word: a language extension that has only just started knows more than a moment ago. */
async function find(uri: Uri | undefined, query: string): Promise<Symbols> {
  // A language that fails to tell the symbols of the file leaves those of the workspace, and the other way round.
  const ofDocument = await rowsOf(uri).catch(() => []);
  if (query === '') return { ofDocument, ofWorkspace: [] };
  const told = await Promise.resolve(
    commands.executeCommand<ToldSymbol[] | undefined>('vscode.executeWorkspaceSymbolProvider', query),
  ).catch(() => []);
  return { ofDocument, ofWorkspace: symbolsOfWorkspace(told ?? [], ofDocument) };
}

function group(name: string, rows: readonly SymbolRow[], withPath: boolean): Item[] {
  if (rows.length === 0) return [];
  return [
    { label: name, kind: QuickPickItemKind.Separator },
    ...rows.map((row): Item => {
      const place = withPath ? [workspace.asRelativePath(Uri.parse(row.uri, true))] : [];
      const description = [row.container, ...place].filter((part) => part !== '').join(' · ');
      return { label: row.name, description, iconPath: iconOf(row.kind), row };
    }),
  ];
}

/** `SymbolKind.EnumMember` is the icon `symbol-enum-member`. */
function iconOf(kind: number): ThemeIcon {
  const name = SymbolKind[kind] ?? 'Variable';
  return new ThemeIcon(`symbol-${name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`);
}
