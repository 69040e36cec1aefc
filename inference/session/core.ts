import type { Vocabulary } from '../llama/vocabulary.js';
import type { Journal } from '../store/journal.js';
import type { EventId, EventView } from '../views.js';
import type { LiveWindow } from './liveWindow.js';
import { allTokens, isMark, type Renderer } from './renderer.js';
import type { Scheduler, Slice } from './scheduler.js';
import type { SpeedMeter } from './speedMeter.js';

/** What the parts of the session share. Built once, in session.ts. */
export interface SessionCore {
  readonly live: LiveWindow;
  readonly renderer: Renderer;
  readonly vocabulary: Vocabulary;
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  readonly speed: SpeedMeter;
  readonly out: SessionOutput;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the session tells the outside, as it happens. */
export interface SessionOutput {
  handleEvent(event: EventView): void;
  handleReplyDelta(replyId: EventId, text: string): void;
  handleWindowChanged(): void;
  /** Something that nobody waits for went wrong. */
  handleProblem(error: unknown): void;
}

/**
 * Puts a finished event into the window. The slice steps aside for completions between batches.
 *
 * @param stop leaves the rest of it out, but for what closes it: what comes next must not look as if it belonged to it.
 */
export async function appendEvent(
  core: SessionCore,
  event: EventView,
  slice: Slice,
  options: { readonly pinned?: boolean; readonly group?: number } = {},
  stop?: AbortSignal,
): Promise<void> {
  if (isMark(event.kind)) return;
  const rendered = core.renderer.render(event.kind, event.text);
  const { opening, closing } = rendered;
  await core.live.open({
    kind: event.kind,
    title: event.title,
    eventId: event.id,
    at: event.at,
    opening: opening.length,
    ...options,
  });
  const pause = (): Promise<void> => slice.stepAside('event');
  try {
    await core.live.append(allTokens(rendered), async (left) => {
      await pause();
      if (left > closing.length) stop?.throwIfAborted();
    });
  } catch (error) {
    if (stop?.aborted !== true || error !== stop.reason) throw error;
    await core.live.append(closing, pause);
  }
}

/** The first words of a text, for lists. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
