import { commands, env, l10n, Uri, workspace } from 'vscode';
import { countTokens, recall, search, spanText, transcript, unpin, windowNow } from '../../inference/protocol.js';
import type { EventId, EventView } from '../../inference/views.js';
import type { AttachmentKind, FromPanel, Settled } from '../../webview-ui/messages.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { messageOf } from '../base/messageOf.js';
import { EngineError, RequestCancelledError } from '../engine/engineError.js';
import type { Supervisor } from '../engine/supervisor.js';
import { reAnchorWindow } from '../commands/reAnchorWindow.js';
import type { ApplyRemedy } from '../commands/remedies.js';
import type { Proposals } from '../proposal/proposals.js';
import type { Conversation } from './conversation.js';
import type { EditorContext } from './editorContext.js';
import { webLink } from './fromPanel.js';
import { insertAtCursor } from './insertAtCursor.js';
import { LiveReply } from './liveReply.js';
import { newFile } from './newFile.js';
import { PAGE_SIZE, pageSize } from './pageSize.js';
import type { PanelView } from './panelView.js';
import { settledBy } from './settledBy.js';
import { runSlash } from './slashCommands.js';

export interface PanelHostOptions {
  readonly view: PanelView;
  readonly engine: Supervisor;
  readonly conversation: Conversation;
  readonly context: EditorContext;
  readonly proposals: Proposals;
  readonly applyRemedy: ApplyRemedy;
  readonly log: Log;
}

/** Matches of one search. */
const MOST_FOUND = 1000;

/** Answers the panel's messages, and tells it what the engine tells. Holds nothing that the engine does not hold. */
export class PanelHost extends Disposable {
  readonly #options: PanelHostOptions;
  readonly #live = new LiveReply();

  constructor(options: PanelHostOptions) {
    super();
    this.#options = options;
    const { view, engine } = options;
    this.register(
      view.onDidReceive((message) => void this.#guard(() => this.#handle(message), settledBy(message.type))),
    );
    this.register(
      engine.onDidChangeState((state) => {
        if (state.phase !== 'answering' && state.phase !== 'ready') this.#live.clear();
        view.post({ type: 'state', state });
      }),
    );
    // A new engine may have finished or cut off what the old one left: the newest page says how things stand.
    this.register(engine.onDidStart(() => void this.#guard(() => this.#sendSession())));
    this.register(engine.onDidChangeWindow((window) => view.post({ type: 'window', window })));
    this.register(
      engine.onDidAddEvent((event) => {
        this.#live.handleEvent(event);
        view.post({ type: 'event', event });
      }),
    );
    this.register(
      engine.onDidWriteReply(({ replyId, text }) => {
        this.#live.handleDelta(replyId, text);
        view.post({ type: 'delta', replyId, text });
      }),
    );
    this.register(workspace.onDidGrantWorkspaceTrust(() => view.post({ type: 'trust', trusted: true })));
    this.register(engine.onDidNotice((message) => view.post({ type: 'notice', message })));
  }

  async #handle(message: FromPanel): Promise<void> {
    const { view, engine, conversation, applyRemedy } = this.#options;
    switch (message.type) {
      case 'ready':
        view.post({ type: 'trust', trusted: workspace.isTrusted });
        view.post({ type: 'state', state: engine.state });
        if (engine.ready) await this.#sendSession();
        return;
      case 'ask':
        await conversation.ask(message.text);
        return;
      case 'stop':
        conversation.stop();
        return;
      case 'page':
        await this.#sendPage(message.before, pageSize(message));
        return;
      case 'find': {
        await engine.whenReady();
        const { ids, more } = await engine.request(search, { text: message.text, limit: MOST_FOUND });
        view.post({ type: 'found', text: message.text, ids, more });
        return;
      }
      case 'slash':
        await runSlash(this.#options, message.name, message.rest);
        return;
      case 'attach':
        await this.#attach(message.what);
        return;
      case 'count': {
        const [tokens = 0] = await engine.request(countTokens, [message.text]);
        view.post({ type: 'counted', text: message.text, tokens });
        return;
      }
      case 'recall':
        await engine.request(recall, message.eventId);
        return;
      case 'unpin':
        await engine.request(unpin, message.eventId);
        return;
      case 'spanText': {
        const { spanId } = message;
        const text = await engine.request(spanText, spanId);
        view.post({ type: 'spanText', spanId, ...(text === null ? {} : { text }) });
        return;
      }
      case 'reAnchor':
        await reAnchorWindow(engine);
        return;
      case 'remedy':
        await applyRemedy(message.remedy);
        return;
      case 'manageTrust':
        await commands.executeCommand('workbench.trust.manage');
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return;
      case 'insert':
        if (!(await insertAtCursor(message.text)))
          view.post({
            type: 'notice',
            message: l10n.t('No editor is open to insert into. Open a file, then insert again.'),
          });
        return;
      case 'applyDiff':
        if (!(await this.#options.proposals.show(message.text)))
          view.post({
            type: 'notice',
            message: l10n.t('No editor is open to apply this to. Open the file that it is for, then apply again.'),
          });
        return;
      case 'newFile':
        await newFile(message.text, message.language);
        return;
      case 'openLink': {
        const link = webLink(message.href);
        if (link !== undefined) await env.openExternal(Uri.parse(link, true));
        else view.post({ type: 'notice', message: l10n.t('Only links to web pages are opened; this one is none.') });
        return;
      }
    }
  }

  async #attach(what: AttachmentKind): Promise<void> {
    const { view, engine, context } = this.#options;
    const found = await context.attachment(what);
    if (!found) return;
    if ('refused' in found) {
      view.post({ type: 'notice', message: found.refused });
      return;
    }
    try {
      await engine.whenReady();
      const [tokens = 0] = await engine.request(countTokens, [found.text]);
      // The wait may have been long, and the panel hidden meanwhile.
      view.postWhenLoaded({ type: 'attached', attachment: { ...found, tokens } });
    } catch (error) {
      // Not left to the engine's own face: the person has asked for something, and the composer no longer shows it.
      const reason = l10n.t('{0} could not be attached: {1}', found.label, messageOf(error));
      view.postWhenLoaded({ type: 'notice', message: reason });
    }
  }

  /** The newest page and the window: all that a panel needs to draw itself anew. */
  async #sendSession(): Promise<void> {
    await this.#sendPage(undefined);
    const { engine, view } = this.#options;
    view.post({ type: 'window', window: await engine.request(windowNow) });
  }

  async #sendPage(before: EventId | undefined, limit = PAGE_SIZE): Promise<void> {
    const { engine, view } = this.#options;
    const at = before === undefined ? {} : { before };
    const { events, more } = await engine.request(transcript, { ...at, limit });
    const unanswered = before === undefined ? this.#unansweredOf(events) : {};
    view.post({ type: 'page', ...at, events: this.#live.refresh(events), more, ...unanswered });
  }

  /** A page that was thrown away while a question was read knows nothing of it; nor can the journal tell. */
  #unansweredOf(events: readonly EventView[]): { readonly unanswered?: EventId } {
    const last = events.findLast(({ kind }) => kind === 'message' || kind === 'reply');
    return last?.kind === 'message' && this.#options.conversation.isReading ? { unanswered: last.id } : {};
  }

  /** The one place where the failure of a message's work is told to the person, and that it `settles` what was asked. */
  async #guard(work: () => Promise<void>, settles?: Settled): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof RequestCancelledError) return;
      const reason = messageOf(error);
      // An engine that is away has its own face in the panel.
      if (error instanceof EngineError && !this.#options.engine.ready) this.#options.log.info(reason);
      else this.#options.view.post({ type: 'notice', message: reason, ...(settles ? { settles } : {}) });
    }
  }
}
