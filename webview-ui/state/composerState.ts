import { composed } from '../chat/compose.js';
import type { Attachment } from '../messages.js';

/** What was typed and what goes with it. */
export interface Draft {
  readonly draft: string;
  readonly attachments: readonly Attachment[];
}

/** What stands in the composer. */
export interface ComposerState extends Draft {
  /** What the person was at when the host laid a text over it, newest last. It comes back: nothing typed is lost. */
  readonly setAside: readonly Draft[];
}

export const isEmpty = ({ draft, attachments }: Draft): boolean => draft === '' && attachments.length === 0;

/**
 * A text of the host. One that is to be sent is a question of its own and takes nothing of the person's along. One that
 * is given back to an empty line was written there, with the same attachments.
 */
export function withComposed(state: ComposerState, text: string, send: boolean): ComposerState {
  const { draft, attachments, setAside } = state;
  if (!send && draft === '') return { draft: text, attachments, setAside };
  const isThere = isEmpty(state) || composed(draft, attachments) === text.trim();
  return { draft: text, attachments: [], setAside: isThere ? setAside : [...setAside, { draft, attachments }] };
}

/** Where the composer has become empty, what was set aside last comes back. */
export function uncovered({ draft, attachments, setAside }: ComposerState): ComposerState {
  const last = setAside.at(-1);
  if (!last || !isEmpty({ draft, attachments })) return { draft, attachments, setAside };
  return { ...last, setAside: setAside.slice(0, -1) };
}

/** The question is in the journal: it leaves the composer. What was typed since it was sent stays. */
export function withoutAsked({ draft, attachments, setAside }: ComposerState, question: string): ComposerState {
  const isAsked = (held: Draft): boolean => composed(held.draft, held.attachments) === question;
  const others = setAside.filter((held) => !isAsked(held));
  return isAsked({ draft, attachments })
    ? uncovered({ draft: '', attachments: [], setAside: others })
    : { draft, attachments, setAside: others };
}
