import {
  EventEmitter,
  FoldingRange,
  l10n,
  languages,
  Uri,
  window,
  workspace,
  type FoldingRangeProvider,
  type TextDocumentContentProvider,
} from 'vscode';
import { windowText } from '../../inference/protocol.js';
import { Disposable } from '../base/lifecycle.js';
import type { Supervisor } from '../engine/supervisor.js';
import { eventFolds } from './eventFolds.js';

const WINDOW_SCHEME = 'endless-window';

/** Contributed by the manifest, with its grammar in `syntaxes/`. */
const WINDOW_LANGUAGE = 'endless-window';

const WINDOW_URI = Uri.from({ scheme: WINDOW_SCHEME, path: 'What the model sees' });

/** "Show What the Model Sees": the exact text of the window as a read-only document. */
export class WindowTextDocument extends Disposable implements TextDocumentContentProvider, FoldingRangeProvider {
  readonly #engine: Supervisor;
  /** The text of each event, as it was last shown. */
  #parts: readonly string[] = [];
  readonly #onDidChange = this.register(new EventEmitter<Uri>());
  readonly onDidChange = this.#onDidChange.event;

  constructor(engine: Supervisor) {
    super();
    this.#engine = engine;
    this.register(languages.registerFoldingRangeProvider({ scheme: WINDOW_SCHEME }, this));
    this.register(workspace.registerTextDocumentContentProvider(WINDOW_SCHEME, this));
  }

  async provideTextDocumentContent(): Promise<string> {
    const { ready } = this.#engine;
    const parts = ready ? await this.#engine.request(windowText) : [];
    // Only together with its text: the folds are asked for at any time.
    this.#parts = parts.map(({ text }) => text);
    if (!ready) return l10n.t('The engine is not ready: there is no window to show yet.');
    return parts.length === 0
      ? l10n.t('There is no window to show here: another window of VS Code holds this session.')
      : this.#parts.join('');
  }

  provideFoldingRanges(): FoldingRange[] {
    return eventFolds(this.#parts).map(({ start, end }) => new FoldingRange(start, end));
  }

  async show(): Promise<void> {
    this.#onDidChange.fire(WINDOW_URI);
    const document = await workspace.openTextDocument(WINDOW_URI);
    await languages.setTextDocumentLanguage(document, WINDOW_LANGUAGE);
    await window.showTextDocument(document, { preview: true });
  }
}
