import { effect, signal } from '@preact/signals';
import type { EventId } from '../../inference/views.js';
import { loadSaved, save } from '../host.js';
import { t } from '../l10n.js';
import { announce } from '../shell/announcer.js';
import { panel } from '../state/store.js';
import { askForOlder, seeking, transcriptList } from './transcriptList.js';
import { eventOfKey, rowKey } from './transcriptRows.js';

/** The event that was just scrolled to, for its short highlight. */
export const revealed = signal<EventId | undefined>(undefined);

/** Milliseconds that the highlight stays. */
const HIGHLIGHT = 1600;
/** Pages that are fetched on the way to an event before giving up: pinned events may be as old as the stream. */
const MOST_PAGES = 40;

interface Target {
  readonly id: EventId;
  /** Pages that were fetched on the way so far. */
  readonly pages: number;
  /** The panel only comes back to where it was: so many pixels of the event are above the view, and nothing is lit up. */
  readonly below?: number;
}

const { readingAt: lastRead, readingBelow = 0 } = loadSaved();
const wanted = signal<Target | undefined>(
  lastRead === undefined ? undefined : { id: lastRead, pages: 0, below: readingBelow },
);

/** Scrolls the transcript to an event, fetching the pages up to it if they are not loaded. */
export function reveal(id: EventId): void {
  wanted.value = { id, pages: 0 };
}

effect(() => {
  seeking.value = wanted.value !== undefined;
});

// The pages that the person reads in may give way to the newest, which does not go on from them: back to the place.
effect(() => {
  const rows = transcriptList.rows.value;
  const place = transcriptList.reading.peek();
  const id = eventOfKey(place?.key);
  if (place === undefined || id === undefined || transcriptList.following.peek() || wanted.peek()) return;
  if (!rows.some(({ key }) => key === place.key)) wanted.value = { id, pages: 0, below: place.below };
});

effect(() => {
  const target = wanted.value;
  // Followed through the rows of the list: they must stand before they can be scrolled to.
  const first = transcriptList.rows.value.find((row) => row.type === 'event');
  const { events, more } = panel.transcript.peek();
  // They follow the transcript, and in this very moment may be those from before the last page.
  if (!target || !first || first.event.id !== events[0]?.id) return;
  if (transcriptList.scrollTo(rowKey(target.id), target.below)) {
    wanted.value = undefined;
    if (target.below !== undefined) return;
    revealed.value = target.id;
    setTimeout(() => (revealed.value = revealed.value === target.id ? undefined : revealed.value), HIGHLIGHT);
  } else if (!more || target.pages >= MOST_PAGES || first.event.id < target.id) {
    wanted.value = undefined;
    announce(t('This is too far up to scroll to.'));
  } else if (!panel.loadingPage.value) {
    wanted.value = { ...target, pages: target.pages + 1 };
    askForOlder(target.id);
  }
});

effect(() => {
  const wish = panel.revealWish.value;
  if (wish) reveal(wish.eventId);
});

/** Milliseconds without scrolling after which the place is kept. */
const SETTLED = 100;
let keeping: ReturnType<typeof setTimeout> | undefined;

// Where the person reads is kept, so that a panel that was hidden comes back as it was.
effect(() => {
  const place = transcriptList.following.value ? undefined : transcriptList.reading.value;
  clearTimeout(keeping);
  if (wanted.value) return;
  keeping = setTimeout(() => save({ readingAt: eventOfKey(place?.key), readingBelow: place?.below }), SETTLED);
});
