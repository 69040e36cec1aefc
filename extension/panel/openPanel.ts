import { window, type Uri } from 'vscode';
import { ask } from '../../inference/protocol.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { ApplyRemedy } from '../commands/remedies.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { Proposals } from '../proposal/proposals.js';
import { Conversation } from './conversation.js';
import { conversationTexts } from './conversationTexts.js';
import type { EditorContext } from './editorContext.js';
import { PanelHost } from './panelHost.js';
import { PANEL_VIEW, PanelView } from './panelView.js';

export interface PanelParts {
  readonly engine: Supervisor;
  readonly extensionUri: Uri;
  readonly context: EditorContext;
  readonly proposals: Proposals;
  readonly settleEdits: () => Promise<void>;
  readonly applyRemedy: ApplyRemedy;
  readonly log: Log;
}

/** Wires the panel: its webview, what answers its messages, and the conversation with the engine. */
export function openPanel(
  { engine, extensionUri, context, proposals, settleEdits, applyRemedy, log }: PanelParts,
  store: DisposableStore,
): { readonly panel: PanelView; readonly conversation: Conversation } {
  const panel = store.add(new PanelView(extensionUri, log));
  const conversation = store.add(
    new Conversation({
      ask: (text, token) => engine.request(ask, { text }, token),
      isReady: () => engine.ready,
      isComing: () => engine.state.phase !== 'failed',
      whenReady: () => engine.whenReady(),
      settleEdits,
      onDidAddEvent: engine.onDidAddEvent,
      tell: (message) => panel.post({ type: 'notice', message }),
      refuse: (message) => panel.post({ type: 'notice', message, settles: 'question' }),
      texts: conversationTexts,
      log,
    }),
  );
  store.add(new PanelHost({ view: panel, engine, conversation, context, proposals, applyRemedy, log }));
  store.add(window.registerWebviewViewProvider(PANEL_VIEW, panel));
  return { panel, conversation };
}
