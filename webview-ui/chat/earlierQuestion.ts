import type { EventView } from '../../inference/views.js';

/** The question that was asked `steps` questions ago: 1 is the last one. */
export function earlierQuestion(events: readonly EventView[], steps: number): string | undefined {
  let left = steps;
  for (let index = events.length - 1; index >= 0 && left > 0; index--) {
    const event = events[index];
    if (event?.kind === 'message' && --left === 0) return event.text;
  }
  return undefined;
}
