import { DiagnosticSeverity, languages, workspace, type TextDocument } from 'vscode';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import type { BesideEdits } from './besideEdits.js';
import { renderProblemChange, type Problem } from './problemChange.js';

/** Milliseconds after a file was opened in which its first errors may come, however soon it is edited. */
const FIRST_LOOK = 10_000;

class WatchedDocument {
  readonly since = performance.now();
  looked = false;
  /** What is known to the stream. */
  told: readonly Problem[] = [];
  edited = false;
  readonly pause: Delayer;

  constructor(settled: () => void) {
    this.pause = new Delayer(settled);
  }
}

/** Streams the errors that appear or vanish in a file after it was edited, once they have settled. */
export class ProblemEvents extends Disposable {
  readonly #options: BesideEdits;
  readonly #watched = new Map<TextDocument, WatchedDocument>();

  constructor(options: BesideEdits) {
    super();
    this.#options = options;
    this.register(workspace.onDidOpenTextDocument((document) => void this.#watch(document)));
    this.register(workspace.onDidChangeTextDocument(({ document }) => this.#noteEdit(document)));
    this.register(workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    this.register(
      languages.onDidChangeDiagnostics(({ uris }) => {
        const changed = new Set(uris.map(String));
        for (const document of workspace.textDocuments)
          if (changed.has(document.uri.toString())) this.#handleProblems(document);
      }),
    );
    this.register({ dispose: () => [...this.#watched.keys()].forEach((document) => this.#forget(document)) });
  }

  #noteEdit(document: TextDocument): void {
    const watched = this.#watched.get(document);
    if (watched) watched.edited = true;
    else this.#watch(document).edited = true;
  }

  #handleProblems(document: TextDocument): void {
    const watched = this.#watched.get(document) ?? this.#watch(document);
    // Found when the file was opened, not made by an edit.
    const first = !watched.looked && performance.now() - watched.since < FIRST_LOOK;
    watched.looked = true;
    if (first || !watched.edited) watched.told = errorsOf(document);
    else if (this.#wanted) watched.pause.schedule(this.#options.settings().settleDelay);
  }

  get #wanted(): boolean {
    return this.#options.isOn() && this.#options.settings().events.includes('error');
  }

  #watch(document: TextDocument): WatchedDocument {
    const watched = new WatchedDocument(() => void this.#tell(document, watched));
    watched.told = errorsOf(document);
    this.#watched.set(document, watched);
    return watched;
  }

  async #tell(document: TextDocument, watched: WatchedDocument): Promise<void> {
    const { admission, feed, tracker, settings } = this.#options;
    // Somebody is typing: what the errors are will be seen when that has settled.
    if (tracker.isPending(document)) {
      watched.pause.schedule(settings().settleDelay);
      return;
    }
    const verdict = await admission.admit(document.uri);
    if (!('path' in verdict) || !this.#wanted || document.isClosed) return;
    const now = errorsOf(document);
    const event = renderProblemChange(verdict.path, watched.told, now);
    watched.told = now;
    if (event) feed.add(event);
  }

  #forget(document: TextDocument): void {
    this.#watched.get(document)?.pause.dispose();
    this.#watched.delete(document);
  }
}

function errorsOf({ uri }: TextDocument): readonly Problem[] {
  return languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ range, message }) => ({ line: range.start.line + 1, message }));
}
