import type { SpanKind, WindowView } from '../../inference/views.js';
import { t } from '../l10n.js';
import { kindName, SPAN_KINDS } from '../map/spanKind.js';

export interface Occupancy {
  readonly kind: SpanKind | 'free';
  readonly spans: number;
  readonly tokens: number;
}

/** Tokens of the window by kind; the kinds that hold none are left out, what is free comes last. */
export function occupancy(window: WindowView): readonly Occupancy[] {
  const byKind = SPAN_KINDS.map((kind) => {
    const spans = window.spans.filter((span) => span.kind === kind);
    return { kind, spans: spans.length, tokens: spans.reduce((sum, span) => sum + span.length, 0) };
  });
  const free: Occupancy = { kind: 'free', spans: 0, tokens: Math.max(0, window.capacity - window.used) };
  return [...byKind.filter((row) => row.spans > 0), free];
}

export function occupantName(kind: Occupancy['kind']): string {
  return kind === 'free' ? t('free') : kindName(kind);
}
