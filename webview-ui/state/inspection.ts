import type { SpanView, WindowView } from '../../inference/views.js';

/** The span of the map whose text is shown. */
export interface Inspection {
  /** As the window last had it. */
  readonly span: SpanView;
  /** What the model sees of it, template markers included; undefined until it has come. */
  readonly text: string | undefined;
  /** It has left the window meanwhile; its text stays to be read. */
  readonly gone: boolean;
}

export function inspect(span: SpanView): Inspection {
  return { span, text: undefined, gone: false };
}

/** Follows the span to where it is now. */
export function inWindow(inspection: Inspection, { spans }: Pick<WindowView, 'spans'>): Inspection {
  const span = spans.find(({ id }) => id === inspection.span.id);
  return span ? { ...inspection, span, gone: false } : { ...inspection, gone: true };
}

/** Takes the text that was asked for; one that comes too late, for another span, is dropped. */
export function withSpanText(
  inspection: Inspection,
  { spanId, text }: { readonly spanId: number; readonly text?: string },
): Inspection {
  if (spanId !== inspection.span.id) return inspection;
  return text === undefined ? { ...inspection, gone: true } : { ...inspection, text };
}

/** The span `by` places to the right of the one that is shown; undefined at the end, and when that one has left. */
export function neighbour(
  { spans }: Pick<WindowView, 'spans'>,
  inspection: Inspection,
  by: 1 | -1,
): SpanView | undefined {
  const index = spans.findIndex(({ id }) => id === inspection.span.id);
  return index < 0 ? undefined : spans[index + by];
}
