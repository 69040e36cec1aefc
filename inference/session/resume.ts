import type { CheckpointHeader } from '../store/checkpoints.js';
import type { Journal } from '../store/journal.js';
import type { EventId, EventView } from '../views.js';
import { allTokens, isMark, type Renderer } from './renderer.js';

/** What goes back into the window after a start, oldest first. */
export interface Replay {
  readonly pinned: readonly EventView[];
  readonly recent: readonly EventView[];
}

/** The newest reset that has not been undone; 0 when there is none. */
export function lastReset(journal: Journal): EventId {
  let undone = 0;
  for (const { id, kind } of journal.marks()) {
    if (kind === 'undoReset') undone += 1;
    else if (undone === 0) return id;
    else undone -= 1;
  }
  return 0;
}

/** The newest reset or undoing: a window saved before it is not the window any more. */
export const lastMark = (journal: Journal): EventId => journal.marks()[0]?.id ?? 0;

/** The memory that an `unpin` event is about. */
export const unpinned = (event: EventView): EventId => Number(event.text);

/** Tokens for each part of a replay. */
export interface ReplayBudget {
  readonly pinned: number;
  /** Less than the window holds, so that the first new event evicts nothing. */
  readonly recent: number;
  /** Events that are not to come back, since they come into the window by themselves. */
  readonly waiting: ReadonlySet<EventId>;
}

/** Chooses the newest events that fit, back to the last reset; memories come back however old they are. */
export function chooseReplay(journal: Journal, renderer: Renderer, budget: ReplayBudget): Replay {
  const memories = journal.memories();
  const pinned = memories.filter(({ id }) => !budget.waiting.has(id));
  const stream = streamSince(
    journal,
    lastReset(journal),
    new Set([...budget.waiting, ...memories.map(({ id }) => id)]),
  );
  return {
    pinned: newestThatFit(pinned, renderer, budget.pinned),
    recent: newestThatFit(stream, renderer, budget.recent),
  };
}

function* streamSince(journal: Journal, reset: EventId, others: ReadonlySet<EventId>): Generator<EventView> {
  for (const event of journal.newestFirst()) {
    if (event.id <= reset) return;
    // What was unpinned is an event like any other; what is superseded would be the first to leave again.
    if (!others.has(event.id) && !journal.isSuperseded(event.id)) yield event;
  }
}

/** @param newestFirst read no further than what fits. */
function newestThatFit(newestFirst: Iterable<EventView>, renderer: Renderer, tokens: number): EventView[] {
  const fitting: EventView[] = [];
  let left = tokens;
  for (const event of newestFirst) {
    if (isMark(event.kind)) continue;
    left -= allTokens(renderer.render(event.kind, event.text)).length;
    if (left < 0) break;
    fitting.unshift(event);
  }
  return fitting;
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
