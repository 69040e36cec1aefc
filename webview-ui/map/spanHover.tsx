import type { SpanView } from '../../inference/views.js';
import { spanFacts, spanTitle } from './spanLabel.js';

interface SpanHoverProps {
  readonly span: SpanView;
  /** Where the middle of the span is on the strip, 0 to 1. */
  readonly share: number;
}

/** What VS Code's own hovers look like. For eyes only: the span itself carries the same words as its name. */
export function SpanHover({ span, share }: SpanHoverProps) {
  return (
    <div class="map-hover-track" aria-hidden="true">
      <div class={share < 0.5 ? 'map-hover' : 'map-hover map-hover-right'}>
        <div class="map-hover-title">
          <span class={`swatch kind-${span.kind}`} />
          {spanTitle(span)}
        </div>
        <div class="map-hover-facts">{spanFacts(span, Date.now())}</div>
      </div>
    </div>
  );
}
