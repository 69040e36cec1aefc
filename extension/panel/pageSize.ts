import type { EventId } from '../../inference/views.js';

/** Events of one page of the transcript. */
export const PAGE_SIZE = 50;

/** Events of one page on the way to a far one. */
const MOST = 2000;

/** Events to send: down to the wanted one, with some before it to stand on, in no more than a few steps. */
export function pageSize({ before, reach }: { readonly before: EventId; readonly reach?: EventId }): number {
  if (reach === undefined) return PAGE_SIZE;
  // Events are numbered without gaps.
  return Math.min(MOST, Math.max(PAGE_SIZE, before - reach + PAGE_SIZE / 2));
}
