/**
 * Every message between the extension host and the panel, typed once. The panel holds no truth: after any reload it
 * posts `ready` and gets all that it needs to draw itself again.
 */
import type { EngineState, EventId, EventView, Remedy, WindowView } from '../inference/views.js';

/** Longest text that the panel may send. Characters. */
export const MAX_TEXT = 1_000_000;

/** What can be typed after a `/` at the beginning of the composer. */
export const SLASH_COMMANDS = ['explain', 'fix', 'test', 'doc', 'pin', 'unpin', 'reset', 'stats', 'help'] as const;
export type SlashName = (typeof SLASH_COMMANDS)[number];

export type AttachmentKind = 'file' | 'path' | 'selection' | 'symbol' | 'problems';

/** Something that goes with the question. */
export interface Attachment {
  /** `src/cart.ts:4-9` */
  readonly label: string;
  readonly text: string;
  readonly tokens: number;
}

/** What was asked of the engine and will not come: a question, a recall, the taking off of a pin. */
export type Settled = 'question' | 'recall' | 'unpin';

export type ToPanel =
  | { readonly type: 'state'; readonly state: EngineState }
  | { readonly type: 'window'; readonly window: WindowView }
  /**
   * A page of the transcript, oldest first; `before` repeats what was asked for. The newest page has none, and names the
   * question that is `unanswered`: in the journal, and being read.
   */
  | {
      readonly type: 'page';
      readonly before?: EventId;
      readonly events: readonly EventView[];
      readonly more: boolean;
      readonly unanswered?: EventId;
    }
  /** A new event, or a known one with a new state. */
  | { readonly type: 'event'; readonly event: EventView }
  | { readonly type: 'delta'; readonly replyId: EventId; readonly text: string }
  /** Something to tell; with `settles`, it also says that what was asked will not come. */
  | { readonly type: 'notice'; readonly message: string; readonly settles?: Settled }
  /** Whether the workspace may take part: without trust nothing of it enters the session. */
  | { readonly type: 'trust'; readonly trusted: boolean }
  /** Put the cursor into the composer. */
  | { readonly type: 'focus' }
  /** Put a text into the composer; with `send`, ask it as well. */
  | { readonly type: 'compose'; readonly text: string; readonly send: boolean }
  | { readonly type: 'attached'; readonly attachment: Attachment }
  | { readonly type: 'counted'; readonly text: string; readonly tokens: number }
  /** Open the find bar. */
  | { readonly type: 'find' }
  /** The events that hold `text`, newest first. */
  | { readonly type: 'found'; readonly text: string; readonly ids: readonly EventId[]; readonly more: boolean }
  /** The text of a span; without one, it has left the window. */
  | { readonly type: 'spanText'; readonly spanId: number; readonly text?: string }
  /** Scroll to an event. */
  | { readonly type: 'reveal'; readonly eventId: EventId };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  /** Older events than `before`; with `reach` down to that one, if they are not too many. */
  | { readonly type: 'page'; readonly before: EventId; readonly reach?: EventId }
  | { readonly type: 'find'; readonly text: string }
  | { readonly type: 'slash'; readonly name: SlashName; readonly rest: string }
  | { readonly type: 'attach'; readonly what: AttachmentKind }
  /** How many tokens a text would take. */
  | { readonly type: 'count'; readonly text: string }
  | { readonly type: 'recall'; readonly eventId: EventId }
  | { readonly type: 'unpin'; readonly eventId: EventId }
  /** What the model sees of a span. */
  | { readonly type: 'spanText'; readonly spanId: number }
  /** Evaluate the window again. */
  | { readonly type: 'reAnchor' }
  | { readonly type: 'remedy'; readonly remedy: Remedy }
  /** Open VS Code's own page about the trust in this workspace. */
  | { readonly type: 'manageTrust' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'insert'; readonly text: string }
  /** Code of the chat as a proposal for the file in the editor. */
  | { readonly type: 'applyDiff'; readonly text: string }
  /** `language` as the chat names it. */
  | { readonly type: 'newFile'; readonly text: string; readonly language: string }
  | { readonly type: 'openLink'; readonly href: string };

/** What became of the completions that were offered: counted in this workspace, kept on this machine. */
export interface AcceptanceView {
  /** Handed to the editor; one that is typed through counts once. */
  readonly shown: number;
  /** Of those, the ones that the person took over with an accept command, whole or in part. */
  readonly accepted: number;
  /** Characters that were taken over. */
  readonly characters: number;
  /** Of the accepted ones, those that were looked at after 30 seconds. */
  readonly judged: number;
  /** Of those, the ones whose text stood there unchanged, white space apart. */
  readonly kept: number;
  /** When counting began, milliseconds since 1970. */
  readonly since: number;
}
