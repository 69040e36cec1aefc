import { window, type TextDocument, type TextEditor } from 'vscode';
import type { WindowView } from '../../inference/views.js';
import { Disposable } from '../base/lifecycle.js';
import type { Admission } from './admission.js';
import { splitLines } from './lines.js';
import { OUTLINE_LIMITS, type MakeOutline } from './outline.js';
import { hasSecret } from './secretText.js';
import type { StreamFeed } from './streamFeed.js';

export interface OutlinerOptions {
  readonly admission: Admission;
  readonly feed: StreamFeed;
  readonly makeOutline: MakeOutline;
  /** The window now, where an outline may still be from earlier. */
  readonly window: () => WindowView | undefined;
  readonly isOn: () => boolean;
}

/** Streams the outline of a file when it is looked at for the first time. */
export class Outliner extends Disposable {
  readonly #options: OutlinerOptions;
  readonly #told = new Set<string>();

  constructor(options: OutlinerOptions) {
    super();
    this.#options = options;
    this.register(window.onDidChangeActiveTextEditor((editor) => void this.handleEditor(editor)));
    this.register(options.admission.onDidChange(() => void this.handleEditor(window.activeTextEditor)));
  }

  async handleEditor(editor: TextEditor | undefined): Promise<void> {
    if (editor && this.#options.isOn()) await this.#tell(editor.document);
  }

  async #tell(document: TextDocument): Promise<void> {
    const verdict = await this.#options.admission.admit(document.uri);
    if (!('path' in verdict) || document.isClosed) return;
    const { path } = verdict;
    if (this.#told.has(path) || this.#isInWindow(path)) return;
    const body = this.#options.makeOutline(splitLines(document.getText()), OUTLINE_LIMITS);
    if (body === '' || hasSecret(body)) return;
    this.#told.add(path);
    this.#options.feed.add({ kind: 'outline', title: path, text: `${path}\n${body}` });
  }

  /** A session that was resumed may hold it already. */
  #isInWindow(path: string): boolean {
    return this.#options.window()?.spans.some(({ kind, title }) => kind === 'outline' && title === path) ?? false;
  }
}
