import type { Vocabulary } from '../llama/vocabulary.js';
import type { Span } from '../window/span.js';
import type { Window } from '../window/window.js';

/** What the model sees of one span. */
export interface SpanText {
  readonly spanId: number;
  readonly kind: string;
  readonly title: string;
  /** Template markers included. Where the inside of a span has left the window, that is said. */
  readonly text: string;
}

export const windowText = (spans: readonly Span[], vocabulary: Pick<Vocabulary, 'decodeExactly'>): SpanText[] =>
  spans
    .filter((span) => span.tokens.length > 0)
    .map((span) => ({ spanId: span.id, kind: span.kind, title: span.title, text: textOf(span, vocabulary) }));

/** The text of one span, by the id that `Window.views` gives it (0: the branch); undefined when it has left. */
export function spanText(
  { spans, branch }: Pick<Window, 'spans' | 'branch'>,
  vocabulary: Pick<Vocabulary, 'decodeExactly'>,
  id: number,
): string | undefined {
  if (id === 0) return branch.length > 0 ? vocabulary.decodeExactly(branch) : undefined;
  const span = spans.find((other) => other.id === id);
  return span && textOf(span, vocabulary);
}

function textOf(span: Span, vocabulary: Pick<Vocabulary, 'decodeExactly'>): string {
  if (span.cut === 0) return vocabulary.decodeExactly(span.tokens);
  const opening = vocabulary.decodeExactly(span.tokens.slice(0, span.opening));
  const rest = vocabulary.decodeExactly(span.tokens.slice(span.opening));
  return `${opening}[… ${span.cut} tokens have left the window …]${rest}`;
}
