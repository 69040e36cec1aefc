import type { SpanView } from '../../inference/views.js';
import { formatAge, formatCount } from '../format.js';
import { t } from '../l10n.js';
import { kindName } from './spanKind.js';

/** The accessible name of a span: `edit src/cart.ts, 42 tokens, position 120`. */
export function spanLabel(span: SpanView): string {
  return t('{0}, {1} tokens, position {2}', spanTitle(span), span.length, span.start);
}

/** `edit src/cart.ts`, or the kind alone where the title says no more. */
export function spanTitle(span: SpanView): string {
  const kind = kindName(span.kind);
  return span.title === '' || span.title.toLowerCase() === kind.toLowerCase() ? kind : `${kind} ${span.title}`;
}

/** The second line of the hover: tokens, position, age, and why it stays. */
export function spanFacts(span: SpanView, now: number): string {
  const facts = [
    t('{0} tokens', formatCount(span.length)),
    t('position {0}', formatCount(span.start)),
    formatAge(span.at, now),
  ];
  if (span.pinned) facts.push(span.kind === 'sink' ? t('never evicted') : t('pinned'));
  return facts.join(' · ');
}
