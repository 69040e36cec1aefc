import type { Journal } from '../store/journal.js';
import type { EventView } from '../views.js';
import { allTokens, type Renderer } from './renderer.js';

/** What goes back into the window after a start, oldest first. */
export interface Replay {
  readonly pinned: readonly EventView[];
  readonly recent: readonly EventView[];
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
  let open = true;
  for (const event of journal.newestFirst()) {
    if (event.kind === 'memory') pinned.unshift(event);
    if (event.kind === 'memory' || !open) continue;
    if (event.kind === 'reset') open = false;
    else {
      left -= allTokens(renderer.render(event.kind, event.text)).length;
      if (left < 0) open = false;
      else recent.unshift(event);
    }
  }
  return { pinned, recent };
}
