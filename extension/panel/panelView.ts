import { randomBytes } from 'node:crypto';
import { commands, env, l10n, Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { FromPanel, ToPanel } from '../../webview-ui/messages.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { parseFromPanel } from './fromPanel.js';
import { panelHtml } from './panelHtml.js';

export const PANEL_VIEW = 'endless.panel';

/**
 * The webview of the panel: its page, and the two directions of its messages. Whenever the page is loaded, for the first
 * time or after it was hidden, it says `ready`; what was posted before that waits.
 */
export class PanelView extends Disposable implements WebviewViewProvider {
  readonly #extensionUri: Uri;
  readonly #log: Log;
  readonly #onDidReceive = this.register(new Emitter<FromPanel>());
  readonly onDidReceive: Event<FromPanel> = this.#onDidReceive.event;
  #view: WebviewView | undefined;
  /** The page of the view has said `ready` since it was last loaded. */
  #loaded = false;
  /** Posted by `postWhenLoaded` while there was no page. */
  readonly #waiting: ToPanel[] = [];

  constructor(extensionUri: Uri, log: Log) {
    super();
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  resolveWebviewView(view: WebviewView): void {
    this.#view = view;
    this.#loaded = false;
    const dist = Uri.joinPath(this.#extensionUri, 'dist');
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const received = view.webview.onDidReceiveMessage((message) => this.#handleMessage(message));
    const shown = view.onDidChangeVisibility(() => {
      // A hidden page is thrown away; its successor says `ready` again.
      if (!view.visible) this.#loaded = false;
    });
    view.onDidDispose(() => {
      received.dispose();
      shown.dispose();
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#loaded = false;
    });
    view.webview.html = panelHtml({
      script: view.webview.asWebviewUri(Uri.joinPath(dist, 'panel.js')).toString(),
      style: view.webview.asWebviewUri(Uri.joinPath(dist, 'panel.css')).toString(),
      cspSource: view.webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      title: l10n.t('Endless'),
      language: env.language,
      texts: l10n.bundle,
    });
  }

  /** Sends to the page, if there is one; a page that comes later asks for what it needs. */
  post(message: ToPanel): void {
    if (this.#loaded) void this.#view?.webview.postMessage(message);
  }

  /** Sends to the page as soon as there is one: what it could not ask for. */
  postWhenLoaded(message: ToPanel): void {
    if (this.#loaded) this.post(message);
    else this.#waiting.push(message);
  }

  /** Opens the panel and sends to its page as soon as it has one. */
  async reveal(message?: ToPanel): Promise<void> {
    if (message) this.postWhenLoaded(message);
    await commands.executeCommand(`${PANEL_VIEW}.focus`);
  }

  #handleMessage(message: unknown): void {
    const parsed = parseFromPanel(message);
    if (!parsed) {
      this.#log.warn(`The panel sent something unknown: ${JSON.stringify(message ?? null).slice(0, 200)}`);
      return;
    }
    if (parsed.type === 'ready') this.#loaded = true;
    this.#onDidReceive.fire(parsed);
    if (parsed.type === 'ready') for (const waiting of this.#waiting.splice(0)) this.post(waiting);
  }
}
