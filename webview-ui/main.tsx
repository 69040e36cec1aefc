/**
 * The panel. Tests find its parts by these names, which are part of its contract (match them exactly):
 *
 * - textbox "Ask Endless"; buttons "Send", "Stop", "Copy", "Insert at Cursor", "Apply as Diff", "New File", "Copy Answer",
 *   "Edit and Ask Again", "Recall", "Scroll to End", "Dismiss"
 * - button of a workspace that is not trusted: "Manage Workspace Trust"
 * - button of an alarm of the cache's health: "Re-anchor"
 * - buttons of an error: "Try Again", "Choose Model…", "Use the Built-in Model", "Open Settings", "Show Log"
 * - status "Engine state": "Starting…" or a detail, "Ready", "Reading…" (a question is on its way), "Answering…", "Read-only",
 *   "Restarting, attempt 1", "Not running"
 * - log "Conversation", in it articles "You asked" and "Endless answered" (aria-busy while it is written), separators
 *   "The model can see from here down" and "Window reset, …", buttons such as "Edit cart.ts src +2 −1"
 * - search with textbox "Find in Conversation" and buttons "Older Match", "Newer Match", "Close Find"
 * - list "Window map", its items such as "edit src/cart.ts, 42 tokens, position 120"; list "Legend"; region "Text of the
 *   span" with buttons "Previous Span", "Next Span", "Close Span"
 * - list "Pinned notes" (under the summary "Pinned"), with buttons such as "Unpin prices are in euros"
 * - by label: "Window" ("1,204 / 2,048"), "Streamed", "Evicted", "Resets", "Tokens/s", "First token", "Health"
 */
import './readTexts.js';
import { render } from 'preact';
import '@vscode/codicons/dist/codicon.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/kinds.css';
import './styles/map.css';
import './styles/span.css';
import './styles/pins.css';
import './styles/transcript.css';
import './styles/sight.css';
import './styles/quiet.css';
import './styles/markdown.css';
import './styles/find.css';
import './styles/composer.css';
import { highlightFound } from './chat/findHighlight.js';
import { openFindByKey } from './chat/findShortcut.js';
import { post } from './host.js';
import { parseToPanel } from './incoming.js';
import { announceAnswers } from './shell/answerAnnouncer.js';
import { PanelView } from './shell/panelView.js';
import { receive } from './state/store.js';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parseToPanel(event.data);
  if (message) receive(message);
});
announceAnswers();
highlightFound();
openFindByKey();
render(<PanelView />, document.body);
post({ type: 'ready' });
