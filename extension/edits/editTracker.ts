import { window, workspace, type NotebookDocument, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import type { IncomingEvent } from '../../inference/protocol.js';
import { Delayer } from '../base/async.js';
import type { EventCost } from '../base/eventCost.js';
import { Disposable, DisposableStore, type IDisposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { CodeReader } from '../syntax/codeReader.js';
import type { EditSettings } from '../settings/editSettings.js';
import type { Admission } from './admission.js';
import { isTooLarge } from './documentSize.js';
import { DocumentShadow, type Settlement } from './documentShadow.js';
import { isBurst, renderBurst, type SettledFile } from './editBurst.js';
import { LeftOutList } from './leftOutList.js';
import type { Block } from './lineDiff.js';
import { CELL_SCHEME } from './notebookCells.js';
import { renderEdits, type EditLimits } from './renderEdit.js';
import { hasSecret } from './secretText.js';
import { SettledRegions, type SettledEdit } from './settledRegions.js';
import type { FedEvent, StreamFeed } from './streamFeed.js';
import { findSymbolsByIndentation, type FindSymbols } from './symbols.js';

export interface EditTrackerOptions {
  readonly admission: Admission;
  readonly feed: StreamFeed;
  readonly settings: () => EditSettings;
  readonly limits: () => EditLimits;
  readonly code: Pick<CodeReader, 'follow' | 'symbols'>;
  /** Of the changes of documents. */
  readonly cost: EventCost;
  readonly log: Log;
}

/** What a person edits, wherever it lies; other documents, such as the output of a program, are nobody's edits. */
const SCHEMES = new Set(['file', 'untitled', CELL_SCHEME, 'vscode-remote']);

/** Milliseconds in which files that one action changed settle one after the other. */
const BURST = 200;

interface HeldFile extends SettledFile {
  readonly document: TextDocument;
  /** All that changed, also what no edit tells of. */
  readonly blocks: readonly Block[];
  readonly settled: SettledRegions<IncomingEdit>;
}

/** An edit between its settling and its place in the stream. */
interface IncomingEdit {
  readonly event: IncomingEvent;
  /** It tells of several files: no later edit of one of them makes it worthless. */
  readonly shared?: true;
  fed?: FedEvent;
}

/** Follows one open document. */
class TrackedDocument implements IDisposable {
  readonly shadow: DocumentShadow;
  readonly settled = new SettledRegions<IncomingEdit>();
  readonly pause: Delayer;
  readonly jump: Delayer;
  /** Path as the model sees it, once the document was let in. */
  path: string | undefined;

  constructor(document: TextDocument, settleAll: () => void, settleEarlier: () => void) {
    this.shadow = new DocumentShadow(document.getText());
    this.pause = new Delayer(settleAll);
    this.jump = new Delayer(settleEarlier);
  }

  dispose(): void {
    this.pause.dispose();
    this.jump.dispose();
  }
}

/**
 * Turns what the person changes in the files of the workspace into settled edits. A change event only notes the lines
 * that it touched; texts are compared when the edit settles: after a pause, a jump elsewhere, a save, a switch to another
 * editor, or before a question.
 */
export class EditTracker extends Disposable {
  readonly #options: EditTrackerOptions;
  readonly #tracked = new Map<TextDocument, TrackedDocument>();
  readonly #listeners = this.register(new DisposableStore());
  readonly leftOut = new LeftOutList();
  /** What has settled and is not told yet. */
  #held: HeldFile[] = [];
  readonly #burst = this.register(new Delayer(() => this.#tellHeld()));
  #active: TextDocument | undefined;
  #paused = false;

  constructor(options: EditTrackerOptions) {
    super();
    this.#options = options;
    this.register(options.admission.onDidChange(() => void this.#judgeAll()));
    this.register({ dispose: () => this.#forgetAll() });
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Whether an edit of the document is not told yet. */
  isPending(document: TextDocument): boolean {
    return (
      this.#tracked.get(document)?.shadow.pending === true || this.#held.some((file) => file.document === document)
    );
  }

  /** Begins to follow, with the texts as they are now. */
  start(): void {
    if (this.#listeners.disposed) return;
    this.stop();
    this.#paused = false;
    this.#active = window.activeTextEditor?.document;
    for (const listener of [
      workspace.onDidOpenTextDocument((document) => void this.#open(document)),
      workspace.onDidCloseTextDocument((document) => this.#close(document)),
      workspace.onDidChangeTextDocument((change) => {
        this.#options.cost.measure(change, () => this.#handleChange(change));
      }),
      workspace.onDidSaveTextDocument((document) => this.#settle(document)),
      workspace.onDidSaveNotebookDocument((notebook) => {
        for (const { document } of notebook.getCells()) this.#settle(document);
      }),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) void this.#renumber(notebook);
      }),
      window.onDidChangeActiveTextEditor((editor) => this.#handleSwitch(editor?.document)),
    ])
      this.#listeners.add(listener);
    for (const document of workspace.textDocuments) void this.#open(document);
  }

  /** Settles what there is and follows nothing until `start`. */
  stop(): void {
    for (const document of [...this.#tracked.keys()]) this.#settle(document);
    this.#tellHeld();
    this.#listeners.clear();
    this.#forgetAll();
    this.#paused = true;
  }

  /** Settles all pending edits and hands them to the engine. */
  async settleAll(): Promise<void> {
    for (const document of this.#tracked.keys()) this.#settle(document);
    this.#tellHeld();
    await this.#options.feed.flush();
  }

  async #open(document: TextDocument): Promise<void> {
    if (this.#tracked.has(document) || document.isClosed) return;
    if (!SCHEMES.has(document.uri.scheme) && !workspace.getWorkspaceFolder(document.uri)) return;
    // The text is taken at once, so that nothing typed while the rules are read is missed.
    const tracked = new TrackedDocument(
      document,
      () => this.#settle(document),
      () => this.#settle(document, 'earlier'),
    );
    this.#tracked.set(document, tracked);
    await this.#judge(document, tracked);
  }

  async #judge(document: TextDocument, tracked: TrackedDocument): Promise<void> {
    const verdict = await this.#options.admission.admit(document.uri);
    if (this.#tracked.get(document) !== tracked) return;
    if ('path' in verdict && isTooLarge(document)) this.leftOut.add('tooLarge', nameOf(document));
    else if ('path' in verdict) {
      tracked.path = verdict.path;
      this.#options.code.follow(document);
      if (tracked.shadow.pending && !tracked.pause.scheduled) this.#settle(document);
      return;
    }
    tracked.dispose();
    this.#tracked.delete(document);
    // VS Code opens files by itself, such as its own settings; those of the person are noted when they are looked at.
    if ('refused' in verdict && verdict.refused !== 'outside') this.leftOut.add(verdict.refused, nameOf(document));
  }

  async #noteOutside(document: TextDocument): Promise<void> {
    if (!SCHEMES.has(document.uri.scheme)) return;
    const verdict = await this.#options.admission.admit(document.uri);
    if ('refused' in verdict && verdict.refused === 'outside') this.leftOut.add('outside', nameOf(document));
  }

  /** The rules changed: lets go of what is no longer admitted, and follows what now is. */
  async #judgeAll(): Promise<void> {
    if (this.#paused) return;
    await Promise.all([...this.#tracked].map(([document, tracked]) => this.#judge(document, tracked)));
    await Promise.all(workspace.textDocuments.map((document) => this.#open(document)));
  }

  /** Cells came, went or moved. */
  async #renumber(notebook: NotebookDocument): Promise<void> {
    for (const { document } of notebook.getCells()) {
      const tracked = this.#tracked.get(document);
      if (tracked) await this.#judge(document, tracked);
    }
  }

  #close(document: TextDocument): void {
    // What was never saved is gone with the document. One that only gets another language is said to close, too, and stays.
    if (!document.isDirty || !document.isClosed) this.#settle(document);
    this.#tracked.get(document)?.dispose();
    this.#tracked.delete(document);
  }

  #handleChange({ document, contentChanges }: TextDocumentChangeEvent): void {
    const tracked = this.#tracked.get(document);
    if (!tracked || contentChanges.length === 0) return;
    const jumped = tracked.shadow.record(
      contentChanges.map(({ range, text }) => ({
        start: range.start.line,
        removed: range.end.line - range.start.line,
        inserted: lineEnds(text),
      })),
    );
    // Not now: typing does not wait for the comparison.
    if (jumped) tracked.jump.schedule(0);
    tracked.pause.schedule(this.#options.settings().settleDelay);
  }

  #handleSwitch(document: TextDocument | undefined): void {
    // Focus in the panel is no switch; its question settles by itself.
    if (!document || document === this.#active) return;
    if (this.#active) this.#settle(this.#active);
    this.#active = document;
    void this.#noteOutside(document);
  }

  #settle(document: TextDocument, which: 'all' | 'earlier' = 'all'): void {
    const tracked = this.#tracked.get(document);
    if (!tracked?.shadow.pending) return;
    tracked.jump.cancel();
    const text = document.getText();
    if (tracked.path === undefined) return;
    if (which === 'earlier') {
      this.#emit(document, tracked.path, tracked.shadow.settleEarlier(text), tracked.settled);
      return;
    }
    tracked.pause.cancel();
    this.#emit(document, tracked.path, tracked.shadow.settleAll(text), tracked.settled);
  }

  #emit(document: TextDocument, path: string, settlement: Settlement, settled: SettledRegions<IncomingEdit>): void {
    const { code, limits } = this.#options;
    const findSymbols: FindSymbols = (lines, line) =>
      lines === settlement.after ? code.symbols(document, lines, line) : findSymbolsByIndentation(lines, line);
    const edits = renderEdits(path, settlement, findSymbols, limits()).filter(({ text, lines }) =>
      this.#passes(path, text, lines),
    );
    this.#held.push({ document, path, edits, blocks: settlement.blocks, settled });
    if (!this.#burst.scheduled) this.#burst.schedule(BURST);
  }

  /** Tells what has settled: file by file, or together when one action changed many files. */
  #tellHeld(): void {
    this.#burst.cancel();
    const held = this.#held;
    this.#held = [];
    if (!isBurst(held)) held.forEach((file) => this.#tell(file));
    else this.#tellTogether(held);
  }

  #tell({ edits: rendered, blocks, settled }: HeldFile): void {
    const edits = rendered.map(({ title, text, blocks: told }): SettledEdit<IncomingEdit> => ({
      edit: { event: { kind: 'edit', title, text } },
      blocks: told,
    }));
    const superseded = settled.settle(blocks, edits);
    for (const [index, { edit }] of edits.entries()) edit.fed = this.#feed(edit, superseded[index] ?? []);
  }

  #tellTogether(held: readonly HeldFile[]): void {
    const event: IncomingEvent = { kind: 'edit', ...renderBurst(held, this.#options.limits()) };
    const together: IncomingEdit = { event, shared: true };
    const superseded = held.flatMap(({ blocks, settled }) =>
      settled.settle(blocks, [{ edit: together, blocks }]).flat(),
    );
    together.fed = this.#feed(together, superseded);
  }

  #feed({ event }: IncomingEdit, superseded: readonly IncomingEdit[]): FedEvent {
    return this.#options.feed.add(
      event,
      superseded.flatMap(({ fed, shared }) => (fed && !shared ? fed : [])),
    );
  }

  #passes(path: string, text: string, lines: readonly string[]): boolean {
    if (!hasSecret(text) && !hasSecret(lines.join('\n'))) return true;
    this.leftOut.add('secretText', path);
    this.#options.log.info(`An edit of ${path} was left out: it looks like a secret.`);
    return false;
  }

  #forgetAll(): void {
    for (const tracked of this.#tracked.values()) tracked.dispose();
    this.#tracked.clear();
  }
}

function nameOf({ uri }: TextDocument): string {
  return workspace.asRelativePath(uri);
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
