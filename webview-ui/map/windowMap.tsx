import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SpanView, WindowView } from '../../inference/views.js';
import { t } from '../l10n.js';
import { layOut, slideBetween, spanAt, type MapLayout, type MapSpan, type Slide } from './mapLayout.js';
import { inspectSpan } from './inspectSpan.js';
import { focusSpan } from './spanFocus.js';
import { SpanHover } from './spanHover.js';
import { spanLabel } from './spanLabel.js';
import { dispatch, panel } from '../state/store.js';
import { useWidth } from './useWidth.js';

/** Milliseconds of the slide after an eviction. */
const SLIDE_TIME = 400;

/**
 * The strip that shows to scale what the window holds. One tab stop; the arrow keys go from span to span, Enter or a
 * click shows the text of one.
 */
export function WindowMap({ window }: { readonly window: WindowView }) {
  const strip = useRef<HTMLDivElement>(null);
  const ribbon = useRef<HTMLDivElement>(null);
  const before = useRef<MapLayout | undefined>(undefined);
  const [focused, setFocused] = useState<number>();
  const [hovered, setHovered] = useState<number>();
  const width = useWidth(strip);
  const layout = layOut(window, width);
  const slide = useSlide(before, layout, ribbon);
  const spans = window.spans;
  const current = spans.find((span) => span.id === focused) ?? spans.at(-1);
  const shown = spans.find((span) => span.id === (hovered ?? focused));

  const handleKey = (event: KeyboardEvent): void => {
    const index = spans.findIndex((span) => span.id === current?.id);
    const target = spanForKey(event.key, spans, index);
    if (target) focusSpan(target.id);
    else if ((event.key === 'Enter' || event.key === ' ') && current) inspectSpan(current);
    else if (event.key === 'Escape' && panel.inspection.value) dispatch({ type: 'inspectionClosed' });
    else return;
    event.preventDefault();
  };
  const spanUnder = (event: MouseEvent): SpanView | undefined => {
    const box = strip.current?.getBoundingClientRect();
    return box && spanAt(spans, ((event.clientX - box.left) / Math.max(1, box.width)) * window.capacity);
  };
  const draw = (item: MapSpan) => (
    <MapItem key={item.span.id} item={item} stop={item.span.id === current?.id} onFocus={setFocused} />
  );

  return (
    <div class="map">
      <div
        ref={strip}
        class="map-strip"
        role="list"
        aria-label={t('Window map')}
        onKeyDown={handleKey}
        onMouseMove={(event) => setHovered(spanUnder(event)?.id)}
        onMouseLeave={() => setHovered(undefined)}
        onFocusOut={() => setFocused(undefined)}
        onClick={(event) => {
          const span = spanUnder(event);
          if (!span) return;
          focusSpan(span.id);
          inspectSpan(span);
        }}
      >
        {layout.fixed.map(draw)}
        <div class="map-pinned" style={{ width: `${layout.edge}px` }} role="presentation" />
        <div class="map-reserve" style={{ left: `${layout.reserveLeft}px` }} role="presentation" />
        <div class="map-recent" style={{ left: `${layout.edge}px` }} role="presentation">
          <div ref={ribbon} class="map-ribbon" role="presentation">
            {slide?.leaving.map((item) => (
              <div
                key={`leaving-${item.span.id}`}
                class={`map-span leaving kind-${item.span.kind}`}
                style={{ transform: `translateX(${item.left - slide.distance}px)`, width: `${item.width}px` }}
                role="presentation"
              />
            ))}
            {layout.recent.map(draw)}
          </div>
        </div>
      </div>
      {shown && shown.id !== panel.inspection.value?.span.id && (
        <SpanHover span={shown} share={(shown.start + shown.length / 2) / Math.max(1, window.capacity)} />
      )}
    </div>
  );
}

interface MapItemProps {
  readonly item: MapSpan;
  /** Whether this span is the tab stop of the strip. */
  readonly stop: boolean;
  readonly onFocus: (id: number) => void;
}

function MapItem({ item, stop, onFocus }: MapItemProps) {
  const { span, left, width } = item;
  return (
    <div
      class={`map-span kind-${span.kind}${width > 3 ? ' apart' : ''}`}
      style={{ transform: `translateX(${left}px)`, width: `${width}px` }}
      role="listitem"
      aria-label={spanLabel(span)}
      tabIndex={stop ? 0 : -1}
      data-span={span.id}
      onFocus={() => onFocus(span.id)}
    />
  );
}

function spanForKey(key: string, spans: readonly SpanView[], index: number): SpanView | undefined {
  switch (key) {
    case 'ArrowLeft':
      return spans[Math.max(0, index - 1)];
    case 'ArrowRight':
      return spans[Math.min(spans.length - 1, index + 1)];
    case 'Home':
      return spans[0];
    case 'End':
      return spans.at(-1);
    default:
      return undefined;
  }
}

/** Plays an eviction: the ribbon starts where it was and slides under the pinned part, with what leaves still on it. */
function useSlide(
  before: { current: MapLayout | undefined },
  layout: MapLayout,
  ribbon: { readonly current: HTMLDivElement | null },
): Slide | undefined {
  const [playing, setPlaying] = useState<Slide>();
  const fresh = slideBetween(before.current, layout);
  useLayoutEffect(() => {
    before.current = layout;
  });
  useLayoutEffect(() => {
    if (!fresh || !ribbon.current || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    setPlaying(fresh);
    const animation = ribbon.current.animate(
      [{ transform: `translateX(${fresh.distance}px)` }, { transform: 'translateX(0)' }],
      { duration: SLIDE_TIME, easing: 'ease-in-out' },
    );
    animation.onfinish = () => setPlaying((now) => (now === fresh ? undefined : now));
  }, [fresh?.leaving[0]?.span.id]);
  return playing;
}
