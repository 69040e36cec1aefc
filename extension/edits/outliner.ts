import { window, type TextDocument, type TextEditor } from 'vscode';
import type { WindowView } from '../../inference/views.js';
import { Disposable } from '../base/lifecycle.js';
import type { CodeReader } from '../syntax/codeReader.js';
import type { Admission } from './admission.js';
import { isTooLarge } from './documentSize.js';
import type { OutlineLimits } from './outline.js';
import { OutlinesTold } from './outlinesTold.js';
import { hasSecret } from './secretText.js';
import type { StreamFeed } from './streamFeed.js';

export interface OutlinerOptions {
  readonly admission: Admission;
  readonly feed: StreamFeed;
  readonly code: Pick<CodeReader, 'outline'>;
  readonly limits: () => OutlineLimits;
  /** The window now, not the one that was published last: after a start none has been. */
  readonly window: () => Promise<WindowView | undefined>;
  readonly isOn: () => boolean;
}

/** Streams the outline of a file when it is looked at for the first time, or again after it has left the window. */
export class Outliner extends Disposable {
  readonly #options: OutlinerOptions;
  readonly #told = new OutlinesTold();

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
    if (!('path' in verdict) || document.isClosed || isTooLarge(document)) return;
    const { path } = verdict;
    const body = await this.#options.code.outline(document, this.#options.limits());
    if (body === '' || hasSecret(body)) return;
    const window = await this.#options.window();
    // Only now: while the file was read, it may have been told.
    if (this.#told.stillHolds(path, window)) return;
    this.#told.add(path, this.#options.feed.add({ kind: 'outline', title: path, text: `${path}\n${body}` }));
  }
}
