import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, ViewColumn, window, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { FromStats, ToStats } from '../../webview-ui/stats/messages.js';
import { Disposable, DisposableStore, toDisposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { panelHtml } from '../panel/panelHtml.js';
import { parseFromStats } from './fromStats.js';

/** Also in the manifest's activation events: VS Code brings the page back after a reload of the window. */
const STATS_PAGE = 'endless.stats';

/**
 * The sink stats in the editor area: the webview, and the two directions of its messages. There is one at the most. A
 * hidden page is thrown away by VS Code; its successor says `show` again.
 */
export class StatsPage extends Disposable implements WebviewPanelSerializer {
  readonly #extensionUri: Uri;
  readonly #log: Log;
  readonly #onDidReceive = this.register(new Emitter<FromStats>());
  readonly #onDidHide = this.register(new Emitter<void>());
  readonly onDidReceive: Event<FromStats> = this.#onDidReceive.event;
  /** Nobody looks any more: the page was hidden or closed. */
  readonly onDidHide: Event<void> = this.#onDidHide.event;
  #panel: WebviewPanel | undefined;
  #loaded = false;

  constructor(extensionUri: Uri, log: Log) {
    super();
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.register(toDisposable(() => void this.#panel?.dispose()));
    this.register(window.registerWebviewPanelSerializer(STATS_PAGE, this));
  }

  /** The page is there and listens. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Opens the page, or brings the open one to the front. */
  show(): void {
    if (this.#panel) this.#panel.reveal();
    else this.#adopt(window.createWebviewPanel(STATS_PAGE, l10n.t('Sink Stats'), ViewColumn.Active));
  }

  deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  /** Sends to the page, if there is one; a page that comes later asks for what it needs. */
  post(message: ToStats): void {
    if (this.#loaded) void this.#panel?.webview.postMessage(message);
  }

  #adopt(panel: WebviewPanel): void {
    const { webview } = panel;
    const dist = Uri.joinPath(this.#extensionUri, 'dist');
    const media = Uri.joinPath(this.#extensionUri, 'media');
    this.#panel = panel;
    const listeners = new DisposableStore();
    listeners.add(webview.onDidReceiveMessage((message) => this.#handleMessage(message)));
    listeners.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#hide();
      }),
    );
    panel.onDidDispose(() => {
      listeners.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#hide();
    });
    panel.iconPath = { light: Uri.joinPath(media, 'stats-light.svg'), dark: Uri.joinPath(media, 'stats-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = panelHtml({
      script: webview.asWebviewUri(Uri.joinPath(dist, 'stats.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(dist, 'stats.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      title: l10n.t('Sink Stats'),
      language: env.language,
      texts: l10n.bundle,
    });
  }

  #hide(): void {
    if (!this.#loaded) return;
    this.#loaded = false;
    this.#onDidHide.fire();
  }

  #handleMessage(message: unknown): void {
    const parsed = parseFromStats(message);
    if (!parsed) {
      this.#log.warn(`The sink stats sent something unknown: ${JSON.stringify(message ?? null).slice(0, 200)}`);
      return;
    }
    if (parsed.type === 'show') this.#loaded = true;
    this.#onDidReceive.fire(parsed);
  }
}
