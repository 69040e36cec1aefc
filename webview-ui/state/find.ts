import type { EventId } from '../../inference/views.js';

/** The find bar, while it is open. */
export interface Find {
  readonly text: string;
  /** The text that `ids` were found for; the answer to an older one is of no use. */
  readonly searched: string;
  /** Events that hold the text, newest first. */
  readonly ids: readonly EventId[];
  /** Whether there are more than were named. */
  readonly more: boolean;
  /** Index of the match that is shown. */
  readonly at: number;
  /** Counts how often the bar was asked for, so that each time its text is selected. */
  readonly wishes: number;
}

export function opened(find: Find | undefined): Find {
  const before = find ?? { text: '', searched: '', ids: [], more: false, at: 0, wishes: 0 };
  return { ...before, wishes: before.wishes + 1 };
}

export function typed(find: Find, text: string): Find {
  return text === '' ? { ...find, text, searched: '', ids: [], more: false, at: 0 } : { ...find, text };
}

export function found(
  find: Find,
  answer: { readonly text: string; readonly ids: readonly EventId[]; readonly more: boolean },
): Find {
  if (answer.text !== find.text) return find;
  return { ...find, searched: answer.text, ids: answer.ids, more: answer.more, at: 0 };
}

/** The next older match for 1, the next newer one for -1, round and round. */
export function stepped(find: Find, by: 1 | -1): Find {
  const { length } = find.ids;
  return length === 0 ? find : { ...find, at: (find.at + by + length) % length };
}
