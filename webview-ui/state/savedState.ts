import * as v from 'valibot';
import { attachment } from '../incoming.js';
import type { Attachment } from '../messages.js';
import { isEmpty, type ComposerState, type Draft } from './composerState.js';

/** What survives hiding and reloading the panel: only what the host cannot know. */
export interface SavedState extends ComposerState {
  /** The event at the top of the view, if the person has left the bottom. */
  readonly readingAt?: number | undefined;
  /** Pixels of it that are above the view. */
  readonly readingBelow?: number | undefined;
}

/** Characters of attachments, as JSON. VS Code keeps the state of a page in a database of its own, in one piece. */
const MOST_ATTACHED = 200_000;

const attachments = v.array(attachment);
const place = v.fallback(v.optional(v.number()), undefined);

/** A part that another version has saved in another shape is left out, the others are read. */
const saved = v.object({
  draft: v.fallback(v.string(), ''),
  attachments: v.fallback(attachments, []),
  setAside: v.fallback(v.array(v.object({ draft: v.string(), attachments })), []),
  readingAt: place,
  readingBelow: place,
});

/** What an earlier page has saved; whatever it is. */
export function readSaved(data: unknown): SavedState {
  const result = v.safeParse(saved, data);
  return result.success ? result.output : { draft: '', attachments: [], setAside: [] };
}

/** What of the composer is saved: all that was typed, and the attachments that there is room for. */
export function composerToSave({ draft, attachments, setAside }: ComposerState): ComposerState {
  let room = MOST_ATTACHED;
  const fitting = (all: readonly Attachment[]): readonly Attachment[] =>
    all.filter((one) => {
      const size = JSON.stringify(one).length;
      if (size > room) return false;
      room -= size;
      return true;
    });
  const withFitting = (held: Draft): Draft => ({ draft: held.draft, attachments: fitting(held.attachments) });
  // What stands in the composer goes before what is under it.
  return {
    ...withFitting({ draft, attachments }),
    setAside: setAside.map(withFitting).filter((held) => !isEmpty(held)),
  };
}
