import type { EventId, EventKind, EventView, Mark, WindowView } from '../../inference/views.js';

/** What the model can see of the transcript. */
export interface Visibility {
  /** The eviction horizon: older events are out of the window. 0 while all is visible. */
  readonly horizon: EventId;
  /** Events that the window holds: pinned ones above the horizon as well, and not those that left before their turn. */
  readonly held: ReadonlySet<EventId>;
  /** The newest of them: what is newer is on its way into the window. */
  readonly newest: EventId;
}

export const ALL_VISIBLE: Visibility = { horizon: 0, held: new Set(), newest: 0 };

/**
 * The window says which event is the oldest visible one. It names none right after "Reset Window" (nothing but pinned
 * spans is left): then the reset itself is the line.
 */
export function visibilityOf(window: WindowView | undefined, events: readonly EventView[]): Visibility {
  if (!window) return ALL_VISIBLE;
  const held = new Set<EventId>();
  let newest = 0;
  for (const { eventId } of window.spans) {
    if (eventId === undefined) continue;
    held.add(eventId);
    newest = Math.max(newest, eventId);
  }
  return { horizon: window.horizon ?? lastReset(events), held, newest };
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

export function canSee({ horizon, held, newest }: Visibility, { id, kind }: EventView): boolean {
  return held.has(id) || (id >= horizon && (id > newest || isMark(kind)));
}

export function sameVisibility(a: Visibility, b: Visibility): boolean {
  return a.horizon === b.horizon && a.held.size === b.held.size && [...a.held].every((id) => b.held.has(id));
}
