/**
 * Every message between the extension host and the panel, typed once. The panel holds no truth: after any reload it
 * posts `ready` and gets all that it needs to draw itself again.
 */
import type { EngineState, EventId, EventView, Remedy, WindowView } from '../inference/views.js';

export type ToPanel =
  | { readonly type: 'state'; readonly state: EngineState }
  | { readonly type: 'window'; readonly window: WindowView }
  /** A page of the transcript, oldest first; `before` repeats what was asked for. */
  | { readonly type: 'page'; readonly before?: EventId; readonly events: readonly EventView[]; readonly more: boolean }
  /** A new event, or a known one with a new state. */
  | { readonly type: 'event'; readonly event: EventView }
  | { readonly type: 'delta'; readonly replyId: EventId; readonly text: string }
  | { readonly type: 'notice'; readonly message: string }
  /** Put the cursor into the composer. */
  | { readonly type: 'focus' }
  /** Open the find bar. */
  | { readonly type: 'find' }
  /** The events that hold `text`, newest first. */
  | { readonly type: 'found'; readonly text: string; readonly ids: readonly EventId[]; readonly more: boolean }
  /** Scroll to an event. */
  | { readonly type: 'reveal'; readonly eventId: EventId }
  /** Scroll the sink stats into view. */
  | { readonly type: 'showStats' };

export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  /** Older events than `before`; with `reach` down to that one, if they are not too many. */
  | { readonly type: 'page'; readonly before: EventId; readonly reach?: EventId }
  | { readonly type: 'find'; readonly text: string }
  | { readonly type: 'recall'; readonly eventId: EventId }
  /** Evaluate the window again. */
  | { readonly type: 'reAnchor' }
  | { readonly type: 'remedy'; readonly remedy: Remedy }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'insert'; readonly text: string }
  /** Code of the chat as a proposal for the file in the editor. */
  | { readonly type: 'applyDiff'; readonly text: string }
  /** `language` as the chat names it. */
  | { readonly type: 'newFile'; readonly text: string; readonly language: string }
  | { readonly type: 'openLink'; readonly href: string };
