import { EventEmitter, l10n, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { windowText } from '../../inference/protocol.js';
import { Disposable } from '../base/lifecycle.js';
import type { Supervisor } from '../engine/supervisor.js';

export const WINDOW_SCHEME = 'endless-window';

const WINDOW_URI = Uri.from({ scheme: WINDOW_SCHEME, path: 'What the model sees' });

/** "Show What the Model Sees": the exact text of the window as a read-only document. */
export class WindowTextDocument extends Disposable implements TextDocumentContentProvider {
  readonly #engine: Supervisor;
  readonly #onDidChange = this.register(new EventEmitter<Uri>());
  readonly onDidChange = this.#onDidChange.event;

  constructor(engine: Supervisor) {
    super();
    this.#engine = engine;
    this.register(workspace.registerTextDocumentContentProvider(WINDOW_SCHEME, this));
  }

  async provideTextDocumentContent(): Promise<string> {
    if (!this.#engine.ready) return l10n.t('The engine is not ready: there is no window to show yet.');
    const parts = await this.#engine.request(windowText);
    return parts.map(({ text }) => text).join('');
  }

  async show(): Promise<void> {
    this.#onDidChange.fire(WINDOW_URI);
    const document = await workspace.openTextDocument(WINDOW_URI);
    await window.showTextDocument(document, { preview: true });
  }
}
