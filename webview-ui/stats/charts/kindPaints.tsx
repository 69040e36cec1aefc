import type { SpanKind } from '../../../inference/views.js';

/** How the map paints a kind, as SVG: a colour, and for most a pattern on it that tells it without the colour. */
const PATTERNS = {
  memory: { size: 4, shape: 'M1 1h2v2h-2z', turn: 0 },
  outline: { size: 4, shape: 'M0 2h4v2h-4z', turn: 0 },
  edit: { size: 5, shape: 'M0 3h5v2h-5z', turn: -45 },
  reply: { size: 7, shape: 'M6 0h1v7h-1z', turn: 0 },
  recall: { size: 5, shape: 'M0 3h5v2h-5z', turn: 45 },
} satisfies Partial<Record<SpanKind, { readonly size: number; readonly shape: string; readonly turn: number }>>;

/** The definitions of the patterns; once in a chart. */
export function KindPaints() {
  return (
    <defs>
      {Object.entries(PATTERNS).map(([kind, { size, shape, turn }]) => (
        <pattern
          key={kind}
          id={`paint-${kind}`}
          width={size}
          height={size}
          patternUnits="userSpaceOnUse"
          patternTransform={`rotate(${turn})`}
        >
          <rect class={`paint-${kind}`} width={size} height={size} />
          <path class="paint-shape" d={shape} />
        </pattern>
      ))}
    </defs>
  );
}

/** What the area of a kind is filled with; kinds without a pattern are coloured by their class alone. */
export function paintOf(kind: SpanKind): string | undefined {
  return kind in PATTERNS ? `url(#paint-${kind})` : undefined;
}
