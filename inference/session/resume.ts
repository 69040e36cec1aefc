import type { CheckpointHeader } from '../store/checkpoints.js';
import type { Journal } from '../store/journal.js';
import type { EventId, EventView } from '../views.js';
import { allTokens, type Renderer } from './renderer.js';

/** What goes back into the window after a start, oldest first. */
export interface Replay {
  readonly pinned: readonly EventView[];
  readonly recent: readonly EventView[];
}

/** The events since the last reset that counts, newest first; before it only what is pinned. */
function* sinceReset(journal: Journal): Generator<EventView> {
  let undone = 0;
  let open = true;
  for (const event of journal.newestFirst()) {
    if (event.kind === 'undoReset') undone += 1;
    else if (event.kind === 'reset') {
      if (undone > 0) undone -= 1;
      else open = false;
    } else if (open || event.kind === 'memory') yield event;
  }
}

/** The newest reset that has not been undone. */
export function lastReset(journal: Journal): EventId | undefined {
  let undone = 0;
  for (const event of journal.newestFirst()) {
    if (event.kind === 'undoReset') undone += 1;
    else if (event.kind === 'reset' && undone-- === 0) return event.id;
  }
  return undefined;
}

/**
 * Chooses the newest events of the journal that fit, back to the last reset; memories come back however old they are.
 *
 * @param budget tokens for the recent events. Less than the window holds, so that the first new event evicts nothing.
 */
export function chooseReplay(journal: Journal, renderer: Renderer, budget: number): Replay {
  const pinned: EventView[] = [];
  const recent: EventView[] = [];
  let left = budget;
  for (const event of sinceReset(journal)) {
    if (event.kind === 'memory') pinned.unshift(event);
    else if (left > 0 && event.kind !== 'reset' && event.kind !== 'undoReset') {
      left -= allTokens(renderer.render(event.kind, event.text)).length;
      if (left >= 0) recent.unshift(event);
    }
  }
  return { pinned, recent };
}

/** What the journal has and the saved window does not, oldest first. */
export function sinceCheckpoint(journal: Journal, header: CheckpointHeader): EventView[] {
  const events: EventView[] = [];
  const missing = new Set(header.missing);
  const oldest = Math.min(header.lastEvent + 1, ...header.missing);
  for (const event of journal.newestFirst()) {
    if (event.id < oldest) break;
    if (event.id > header.lastEvent || missing.has(event.id)) events.unshift(event);
  }
  return events;
}
