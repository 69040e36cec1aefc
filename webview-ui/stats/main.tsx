/**
 * The sink stats page. Tests find its parts by these names, which are part of its contract (match them exactly):
 *
 * - heading "Sink Stats"; status "Engine state"; button "Copy as Markdown"
 * - by label: "Window", "Streamed", "Evicted", "Re-evaluated", "Tokens/s", "First token", "Health"
 * - combobox "Range of the charts"; images and regions by the titles of the charts, and buttons such as
 *   "Tokens per Second: Show as Table"
 * - tables "Occupancy", "Policy", "Stream", "Time", "Model", "Device", "On Disk", "Completions", "Left Out", "Versions"
 */
import '../readTexts.js';
import { render } from 'preact';
import '@vscode/codicons/dist/codicon.css';
import '../styles/base.css';
import '../styles/shell.css';
import '../styles/kinds.css';
import '../styles/stats.css';
import '../styles/charts.css';
import './elements.js';
import { parseToStats } from './incoming.js';
import { StatsPage } from './statsPage.js';
import { ask, handleInput, handleScroll, receive } from './statsStore.js';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = parseToStats(event.data);
  if (message) receive(message);
});
document.addEventListener('scroll', () => handleScroll(window.scrollY), { passive: true });
for (const input of ['wheel', 'keydown', 'pointerdown'])
  document.addEventListener(input, handleInput, { passive: true });
document.body.classList.add('stats-body');
render(<StatsPage />, document.body);
ask();
