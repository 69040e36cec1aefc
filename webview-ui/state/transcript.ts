import type { EventId, EventView } from '../../inference/views.js';

/** The part of the journal that the panel has loaded: contiguous, oldest first, ending with the newest event. */
export interface Transcript {
  readonly events: readonly EventView[];
  /** Whether the journal holds older events than the first one here. */
  readonly more: boolean;
}

export const EMPTY_TRANSCRIPT: Transcript = { events: [], more: false };

/** Index of the event, or where it would have to be inserted. */
function positionOf(events: readonly EventView[], id: EventId): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function findEvent(transcript: Transcript, id: EventId): EventView | undefined {
  const event = transcript.events[positionOf(transcript.events, id)];
  return event?.id === id ? event : undefined;
}

/**
 * A page of older events in front; or (without `before`) the newest page: at the end of what it goes on from, else in
 * place of all.
 */
export function withPage(
  transcript: Transcript,
  page: { readonly before?: EventId; readonly events: readonly EventView[]; readonly more: boolean },
): Transcript {
  if (page.before === undefined) return withNewest(transcript, page);
  const oldest = transcript.events[0]?.id ?? Infinity;
  // The answer to a question that a trimmed transcript no longer asks would leave a hole.
  if (page.before !== oldest) return transcript;
  const older = page.events.filter((event) => event.id < oldest);
  return { events: [...older, ...transcript.events], more: page.more };
}

function withNewest(transcript: Transcript, page: Transcript): Transcript {
  const first = page.events[0]?.id ?? 0;
  const older = transcript.events.slice(0, positionOf(transcript.events, first));
  // Events are numbered without gaps: the one before tells that nothing is missing between.
  if (older.at(-1)?.id !== first - 1) return { events: page.events, more: page.more };
  return { events: [...older, ...page.events], more: transcript.more };
}

/** The event in its place: replaced if known, else inserted by its id. */
export function withEvent(transcript: Transcript, event: EventView): Transcript {
  const { events, more } = transcript;
  const index = positionOf(events, event.id);
  if (index === 0 && events.length > 0 && events[0]?.id !== event.id && more) return transcript;
  const rest = events[index]?.id === event.id ? index + 1 : index;
  return { events: [...events.slice(0, index), event, ...events.slice(rest)], more };
}

/** Only the newest `keep` events: an endless chat must not grow an endless panel. */
export function trimmed(transcript: Transcript, keep: number): Transcript {
  if (transcript.events.length <= keep) return transcript;
  return { events: transcript.events.slice(-keep), more: true };
}
