import type { Vocabulary } from '../llama/vocabulary.js';
import type { EventKind, Mark } from '../views.js';
import type { Framing, Role } from './framing.js';

/** The tokens of one event. */
export interface RenderedEvent {
  readonly opening: readonly number[];
  readonly body: readonly number[];
  readonly closing: readonly number[];
}

const ROLE: Readonly<Record<Exclude<EventKind, Mark>, Role>> = {
  system: 'system',
  memory: 'memory',
  message: 'user',
  reply: 'assistant',
  edit: 'edit',
  outline: 'file',
  recall: 'recall',
};

/** Whether an event only marks something in the journal and has no tokens. */
export const isMark = (kind: EventKind): kind is Mark => !(kind in ROLE);

/** Events to tokens. Only the framing's markers may become control tokens; text of the person never does. */
export class Renderer {
  readonly #vocabulary: Vocabulary;
  readonly #framing: Framing;

  constructor(vocabulary: Vocabulary, framing: Framing) {
    this.#vocabulary = vocabulary;
    this.#framing = framing;
  }

  render(kind: Exclude<EventKind, Mark>, text: string): RenderedEvent {
    const { open, close } = this.#framing.turns[ROLE[kind]];
    return {
      opening: this.#vocabulary.encodeMarkers(open),
      body: this.#vocabulary.encode(text),
      closing: this.#vocabulary.encodeMarkers(close),
    };
  }

  /** The text that closes a reply, for models that write it out instead of ending. */
  get replyClose(): string {
    return this.#framing.turns.assistant.close.trim();
  }
}

export const allTokens = ({ opening, body, closing }: RenderedEvent): number[] => [...opening, ...body, ...closing];
