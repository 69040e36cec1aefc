import type { EventKind, EventView } from '../../inference/views.js';
import type { ListRow } from '../list/listLayout.js';
import { canSee, type Visibility } from '../state/visibility.js';
import type { Transcript } from '../state/transcript.js';

export type TranscriptRow = ListRow &
  (
    | { readonly type: 'event'; readonly event: EventView; readonly visible: boolean }
    /** "The model can see from here down." */
    | { readonly type: 'horizon' }
    /** Stands at the top while the journal holds older events. */
    | { readonly type: 'older' }
    /** Stands at the end while the model reads the question. */
    | { readonly type: 'reading' }
  );

/** Pixels, good guesses until a row was measured. */
const ESTIMATES: Readonly<Record<EventKind, number>> = {
  system: 22,
  memory: 22,
  message: 54,
  reply: 160,
  edit: 22,
  outline: 22,
  recall: 22,
  reset: 28,
  undoReset: 28,
  unpin: 28,
};
const LINE = 28;

export function rowKey(id: number): string {
  return `event-${id}`;
}

/** The event of a row, if it is the row of one. */
export function eventOfKey(key: string | undefined): number | undefined {
  const id = /^event-(\d+)$/.exec(key ?? '')?.[1];
  return id === undefined ? undefined : Number(id);
}

/** The rows of the chat: the events, and the eviction horizon where it runs between them. */
export function rowsOf(
  { events, more }: Transcript,
  visibility: Visibility,
  reading: boolean,
): readonly TranscriptRow[] {
  const rows: TranscriptRow[] = more ? [{ type: 'older', key: 'older', estimate: LINE, floating: true }] : [];
  const { horizon } = visibility;
  // Without a hidden event above it the line would say nothing; what is not loaded yet counts only at its very edge.
  let lineDue = more && horizon > 0 && events[0]?.id === horizon;
  let lineDrawn = false;
  for (const event of events) {
    if (lineDue && !lineDrawn && event.id >= horizon) {
      rows.push({ type: 'horizon', key: 'horizon', estimate: LINE, floating: true });
      lineDrawn = true;
    }
    const visible = canSee(visibility, event);
    // One that left before its turn, an edit that was superseded, is out of sight below the line.
    lineDue ||= !visible && event.id < horizon;
    rows.push({ type: 'event', key: rowKey(event.id), estimate: ESTIMATES[event.kind], event, visible });
  }
  if (reading) rows.push({ type: 'reading', key: 'reading', estimate: LINE });
  return rows;
}
