import type { EventId, WindowView } from '../../inference/views.js';
import type { OutlineLimits } from '../edits/outline.js';

/** A note that is never evicted. */
export interface PinnedNote {
  readonly eventId: EventId;
  readonly title: string;
  readonly tokens: number;
}

export function pinnedNotes({ spans }: Pick<WindowView, 'spans'>): readonly PinnedNote[] {
  return spans.flatMap(({ kind, pinned, eventId, title, length }) =>
    kind === 'memory' && pinned && eventId !== undefined ? [{ eventId, title, tokens: length }] : [],
  );
}

/** Those that a person means by a few words of them. */
export function notesNamed(notes: readonly PinnedNote[], words: string): readonly PinnedNote[] {
  const wanted = words.trim().toLowerCase();
  return notes.filter(({ title }) => title.toLowerCase().includes(wanted));
}

/** What `/pin` is about: the outline of a file (an empty path: the one in the editor), or a note. */
export function pinRequest(rest: string): { readonly path: string } | { readonly note: string } {
  const file = /^@(\S+)$/.exec(rest)?.[1];
  if (rest === '' || file === 'file') return { path: '' };
  return file === undefined ? { note: rest } : { path: file };
}

/** Characters of a token of an outline, about; a low guess, so that what is made rather fits. */
const CHARACTERS_PER_TOKEN = 3;

/** Lines of a pinned outline. */
const MOST_LINES = 200;

/** So that a pinned outline fits into what is left for pinned text. */
export function pinnedOutlineLimits({ spans, pinnedBudget }: WindowView): OutlineLimits {
  const used = spans.reduce((sum, { pinned, length }) => sum + (pinned ? length : 0), 0);
  return { lines: MOST_LINES, characters: Math.max(0, pinnedBudget - used) * CHARACTERS_PER_TOKEN };
}
