import type { ModelView, WindowView } from '../../inference/views.js';
import { formatShare } from '../format.js';
import { t } from '../l10n.js';
import { modelFacts, occupancy, occupantName, windowFacts, type Fact } from './sinkFacts.js';

/** The sink stats as a text for a bug report. */
export function sinkMarkdown(window: WindowView, model: ModelView | undefined): string {
  const parts = [`## ${t('Endless: sink stats')}`, factTable(windowFacts(window, model))];
  parts.push(
    table(
      [t('Kind'), t('Spans'), t('Tokens'), t('Share')],
      occupancy(window).map(({ kind, spans, tokens }) => [
        occupantName(kind),
        kind === 'free' ? '' : String(spans),
        String(tokens),
        formatShare(tokens, window.capacity),
      ]),
    ),
  );
  if (model) parts.push(factTable(modelFacts(model)));
  return `${parts.join('\n\n')}\n`;
}

function factTable(facts: readonly Fact[]): string {
  return table(
    [t('Figure'), t('Value')],
    facts.map(({ name, value }) => [name, value]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
