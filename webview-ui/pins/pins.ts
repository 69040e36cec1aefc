import type { EventId, WindowView } from '../../inference/views.js';

/** A note that is never evicted, and what it costs. */
export interface Pin {
  readonly eventId: EventId;
  readonly title: string;
  readonly tokens: number;
}

export interface Pins {
  /** Oldest first. */
  readonly notes: readonly Pin[];
  /** Tokens of everything that stays, sinks and instructions included. */
  readonly used: number;
  readonly budget: number;
}

/** What is pinned in the window. */
export function pinsOf({ spans, pinnedBudget }: Pick<WindowView, 'spans' | 'pinnedBudget'>): Pins {
  const notes: Pin[] = [];
  let used = 0;
  for (const { kind, pinned, eventId, title, length } of spans) {
    if (!pinned) continue;
    used += length;
    if (kind === 'memory' && eventId !== undefined) notes.push({ eventId, title, tokens: length });
  }
  return { notes: notes.sort((a, b) => a.eventId - b.eventId), used, budget: pinnedBudget };
}
