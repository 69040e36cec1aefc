import { effect, signal } from '@preact/signals';
import type { EventId } from '../../inference/views.js';
import { t } from '../l10n.js';
import { announce } from '../shell/announcer.js';
import { panel } from '../state/store.js';
import { askForOlder, transcriptList } from './transcriptList.js';
import { rowKey } from './transcriptRows.js';

/** The event that was just scrolled to, for its short highlight. */
export const revealed = signal<EventId | undefined>(undefined);

/** Milliseconds that the highlight stays. */
const HIGHLIGHT = 1600;
/** Pages that are fetched on the way to an event before giving up: pinned events may be as old as the stream. */
const MOST_PAGES = 40;

const wanted = signal<{ readonly id: EventId; readonly pages: number } | undefined>(undefined);

/** Scrolls the transcript to an event, fetching the pages up to it if they are not loaded. */
export function reveal(id: EventId): void {
  wanted.value = { id, pages: 0 };
}

effect(() => {
  const target = wanted.value;
  // Followed through the rows of the list: they must stand before they can be scrolled to.
  const loaded = transcriptList.rows.value.length > 0;
  if (!target || !loaded) return;
  const { events, more } = panel.transcript.peek();
  if (transcriptList.scrollTo(rowKey(target.id))) {
    wanted.value = undefined;
    revealed.value = target.id;
    setTimeout(() => (revealed.value = revealed.value === target.id ? undefined : revealed.value), HIGHLIGHT);
  } else if (!more || target.pages >= MOST_PAGES || (events[0]?.id ?? 0) < target.id) {
    wanted.value = undefined;
    announce(t('This is too far up to scroll to.'));
  } else if (!panel.loadingPage.value) {
    wanted.value = { ...target, pages: target.pages + 1 };
    askForOlder();
  }
});
