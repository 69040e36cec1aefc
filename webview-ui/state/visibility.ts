import type { EventId, EventKind, EventView, Mark, WindowView } from '../../inference/views.js';

/** What the model can see of the transcript. */
export interface Visibility {
  /** The eviction horizon: older events are out of the window. 0 while all is visible. */
  readonly horizon: EventId;
  /** Events above the horizon that stay because they are pinned. */
  readonly pinned: ReadonlySet<EventId>;
}

export const ALL_VISIBLE: Visibility = { horizon: 0, pinned: new Set() };

/**
 * The window says which event is the oldest visible one. It names none right after "Reset Window" (nothing but pinned
 * spans is left): then the reset itself is the line.
 */
export function visibilityOf(window: WindowView | undefined, events: readonly EventView[]): Visibility {
  if (!window) return ALL_VISIBLE;
  const pinned = new Set<EventId>();
  for (const span of window.spans) if (span.pinned && span.eventId !== undefined) pinned.add(span.eventId);
  return { horizon: window.horizon ?? lastReset(events), pinned };
}

function lastReset(events: readonly EventView[]): EventId {
  let undone = 0;
  for (const event of events.toReversed()) {
    if (event.kind === 'undoReset') undone++;
    else if (event.kind === 'reset' && undone-- === 0) return event.id;
  }
  return 0;
}

/** Whether the event only marks something in the journal and never was in the window. */
export function isMark(kind: EventKind): kind is Mark {
  return kind === 'reset' || kind === 'undoReset' || kind === 'unpin';
}

export function canSee(visibility: Visibility, event: EventView): boolean {
  return event.id >= visibility.horizon || visibility.pinned.has(event.id);
}

export function sameVisibility(a: Visibility, b: Visibility): boolean {
  return a.horizon === b.horizon && a.pinned.size === b.pinned.size && [...a.pinned].every((id) => b.pinned.has(id));
}
