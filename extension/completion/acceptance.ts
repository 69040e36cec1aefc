import type { AcceptanceView } from '../../webview-ui/messages.js';

/** A suggestion in the editor's hands: one of its texts may be taken over at the cursor. */
export interface Offer {
  /** URI of the document. */
  readonly document: string;
  /** Where the text goes in. UTF-16 code units, like all offsets here. */
  readonly offset: number;
  readonly texts: readonly string[];
}

/** One replacement in a document. */
export interface Replacement {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
}

/** The text of a document between two offsets; undefined when the document cannot be read any more. */
export type ReadText = (document: string, start: number, end: number) => string | undefined;

/** Milliseconds after which an accepted suggestion is looked at again. */
export const KEPT_AFTER = 30_000;

interface LiveOffer extends Offer {
  /** What was taken over of it so far. */
  readonly accepted?: AcceptedText;
}

/** Where accepted text lies, and when it is to be looked at. */
interface AcceptedText {
  readonly document: string;
  start: number;
  end: number;
  text: string;
  due: number;
}

type Counts = { -readonly [Name in keyof AcceptanceView]: AcceptanceView[Name] };

/**
 * Finds out from the edits alone what became of what was offered. Whoever types through a suggestion does so character by
 * character; what goes in at once is the work of an accept command. A single character can be either and counts as typed.
 */
export class Acceptance {
  readonly #counts: Counts;
  #offer: LiveOffer | undefined;
  #accepted: AcceptedText[] = [];

  constructor(counts: AcceptanceView) {
    this.#counts = { ...counts };
  }

  get view(): AcceptanceView {
    return { ...this.#counts };
  }

  /** When the next accepted text is to be looked at. */
  get due(): number | undefined {
    return this.#accepted.length === 0 ? undefined : Math.min(...this.#accepted.map(({ due }) => due));
  }

  /** @param continued whether it is what is left of the suggestion before, a part of which was typed or taken over */
  show(offer: Offer, continued: boolean): void {
    if (!continued) this.#counts.shown += 1;
    const before = this.#offer;
    const accepted = continued && before?.document === offer.document ? before.accepted : undefined;
    this.#offer = { ...offer, ...(accepted && { accepted }) };
  }

  /** Takes in the replacements of one event. */
  handleChange(document: string, changes: readonly Replacement[], now: number): void {
    const offer = this.#offer?.document === document ? this.#offer : undefined;
    const [only] = changes;
    const taken = offer && only && changes.length === 1 ? this.#taken(offer, only, now) : undefined;
    for (const change of changes)
      for (const accepted of this.#accepted)
        if (accepted.document === document && accepted !== taken?.grown) move(accepted, change);
    if (offer) this.#offer = taken ? taken.left : movedOffer(offer, changes);
  }

  /** Looks at the accepted texts whose time has come. */
  judge(now: number, read: ReadText): void {
    this.#judgeThose(({ due }) => due <= now, read);
  }

  /** Looks at the accepted texts of a document that is closed before their time has come. */
  handleClose(document: string, read: ReadText): void {
    if (this.#offer?.document === document) this.#offer = undefined;
    this.#judgeThose((accepted) => accepted.document === document, read);
  }

  #judgeThose(isOver: (accepted: AcceptedText) => boolean, read: ReadText): void {
    for (const { document, start, end, text } of this.#accepted.filter(isOver)) {
      const now = read(document, start, end);
      if (now === undefined) continue;
      this.#counts.judged += 1;
      if (squeeze(now) === squeeze(text)) this.#counts.kept += 1;
    }
    this.#accepted = this.#accepted.filter((accepted) => !isOver(accepted));
    if (this.#offer?.accepted && !this.#accepted.includes(this.#offer.accepted)) {
      const { document, offset, texts } = this.#offer;
      this.#offer = { document, offset, texts };
    }
  }

  /** Undefined when the change takes nothing over of the offer. */
  #taken(
    offer: LiveOffer,
    { offset, removed, text: inserted }: Replacement,
    now: number,
  ): { readonly grown: AcceptedText | undefined; readonly left: LiveOffer | undefined } | undefined {
    const text = inserted.replace(/\r\n?/g, '\n');
    const fitting = offer.texts.filter((each) => each.startsWith(text));
    if (offset !== offer.offset || text === '' || fitting.length === 0) return undefined;
    const whole = fitting.includes(text);
    // Only a whole suggestion takes the place of what stands behind the cursor.
    if (removed > 0 && !whole) return undefined;
    const end = offset + inserted.length;
    const grown = isTyped(text) ? typedOn(offer, text, end) : this.#accept(offer, text, end, now);
    const accepted = grown ?? offer.accepted;
    const texts = fitting.map((each) => each.slice(text.length)).filter((rest) => rest !== '');
    const left = { document: offer.document, offset: end, texts, ...(accepted && { accepted }) };
    return { grown, left: whole || texts.length === 0 ? undefined : left };
  }

  #accept({ document, offset, accepted: before }: LiveOffer, text: string, end: number, now: number): AcceptedText {
    this.#counts.characters += text.length;
    const due = now + KEPT_AFTER;
    if (before?.end === offset) {
      extend(before, text, end);
      before.due = due;
      return before;
    }
    const accepted: AcceptedText = { document, start: offset, end, text, due };
    this.#accepted.push(accepted);
    if (!before) this.#counts.accepted += 1;
    return accepted;
  }
}

/** What comes into a text by a key: a character, a line end with its indentation, a bracket that the editor closes. */
function isTyped(text: string): boolean {
  return /^.$/su.test(text) || text.trim() === '' || ['()', '[]', '{}', '<>', '""', "''", '``'].includes(text);
}

/** What is typed right behind the part that was taken over belongs to it. */
function typedOn({ offset, accepted }: LiveOffer, text: string, end: number): AcceptedText | undefined {
  if (accepted?.end !== offset) return undefined;
  extend(accepted, text, end);
  return accepted;
}

function extend(accepted: AcceptedText, text: string, end: number): void {
  accepted.text += text;
  accepted.end = end;
}

function move(accepted: AcceptedText, { offset, removed, text }: Replacement): void {
  const delta = text.length - removed;
  if (offset >= accepted.end) return;
  if (offset + removed <= accepted.start) accepted.start += delta;
  else accepted.start = Math.min(accepted.start, offset);
  accepted.end = Math.max(accepted.start, accepted.end + delta);
}

/** An offer stays where changes before it move it; any change at the cursor ends it. */
function movedOffer(offer: LiveOffer, changes: readonly Replacement[]): LiveOffer | undefined {
  if (changes.some(({ offset, removed }) => offset <= offer.offset && offset + removed >= offer.offset))
    return undefined;
  const before = changes.filter(({ offset }) => offset < offer.offset);
  return { ...offer, offset: before.reduce((sum, { removed, text }) => sum + text.length - removed, offer.offset) };
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
