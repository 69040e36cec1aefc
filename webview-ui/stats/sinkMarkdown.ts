import { formatShare } from '../format.js';
import { t } from '../l10n.js';
import type { StatsView } from './messages.js';
import { occupancy, occupantName } from './occupancy.js';
import { factTables } from './statsTables.js';

/** The sink stats as a text for a bug report. */
export function sinkMarkdown(stats: StatsView): string {
  const { engine, window } = stats;
  const parts = [`## ${t('Endless: sink stats')}`];
  if (engine.phase === 'failed' || engine.phase === 'restarting') parts.push(`> ${oneLine(engine.error.message)}`);
  if (window) {
    const rows = occupancy(window).map(({ kind, spans, tokens }) => [
      occupantName(kind),
      kind === 'free' ? '' : String(spans),
      String(tokens),
      formatShare(tokens, window.capacity),
    ]);
    parts.push(section(t('Occupancy'), table([t('Kind'), t('Spans'), t('Tokens'), t('Share')], rows)));
  }
  for (const { caption, facts, empty } of factTables(stats)) {
    const rows = facts.map(({ name, value }) => [name, value]);
    parts.push(section(caption, rows.length > 0 ? table([t('Figure'), t('Value')], rows) : (empty ?? '–')));
  }
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return `### ${title}\n\n${body}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** Text that GitHub shows as it is: neither a cell's end nor a tag. */
function cell(text: string): string {
  return oneLine(text).replace(/[|<\\]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
