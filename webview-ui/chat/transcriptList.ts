import { computed, effect, signal } from '@preact/signals';
import type { EventId } from '../../inference/views.js';
import { post } from '../host.js';
import { ListController } from '../list/listController.js';
import { MOST_EVENTS } from '../state/panelState.js';
import { dispatch, panel, visibility } from '../state/store.js';
import { rowsOf, type TranscriptRow } from './transcriptRows.js';

export const transcriptList = new ListController<TranscriptRow>();

/** Whether an event is on its way into view: the pages that were fetched for it must stay. */
export const seeking = signal(false);

const rows = computed(() => rowsOf(panel.transcript.value, visibility.value, panel.unanswered.value !== undefined));
/** Rows from the top of what is loaded at which the next page is fetched. */
const NEAR_TOP = 12;

effect(() => transcriptList.setRows(rows.value));
effect(() => {
  const { first, end } = transcriptList.range.value;
  if (end > 0 && first < NEAR_TOP) askForOlder();
});
effect(() => {
  if (seeking.value || !transcriptList.following.value || panel.transcript.value.events.length <= MOST_EVENTS) return;
  dispatch({ type: 'overgrown' });
});

/** Asks for the page before the oldest loaded event, or all down to `reach`; not while another is on its way. */
export function askForOlder(reach?: EventId): void {
  const { events, more } = panel.transcript.value;
  const [oldest] = events;
  if (!more || !oldest || panel.loadingPage.peek()) return;
  dispatch({ type: 'pageAsked' });
  post({ type: 'page', before: oldest.id, ...(reach === undefined ? {} : { reach }) });
}
