import type { CursorContext } from './cursorContext.js';

/** What was offered last, and where. */
export interface Shown {
  readonly document: string;
  readonly context: CursorContext;
  /** The likeliest first. */
  readonly texts: readonly string[];
  /** Whether the person asked for it, and so got all that the model had. */
  readonly invoked: boolean;
}

/** Closing brackets and quotes that an editor adds behind the cursor by itself. */
const AUTO_CLOSED = /^[)\]}'"`>]*$/;

/**
 * What is left of the last suggestions when the person typed a part of them, or what they say of the place where they were
 * made. Nothing when anything else changed.
 */
export function typedThrough(shown: Shown | undefined, document: string, context: CursorContext): readonly string[] {
  if (shown?.document !== document) return [];
  const extra = typedBetween(shown.context, context);
  if (extra === undefined) return [];
  return shown.texts
    .filter((text) => text.startsWith(extra) && extra.length < text.length)
    .map((text) => text.slice(extra.length));
}

/** What was typed at the cursor between two moments, perhaps nothing. Undefined when anything else changed. */
export function typedBetween(before: CursorContext, now: CursorContext): string | undefined {
  // Both are cut at the same number of characters, so the start may have moved.
  const extra = typedSince(before.prefix + before.typed, now.prefix + now.typed);
  return extra !== undefined && sameSuffix(before.suffix, now.suffix, extra) ? extra : undefined;
}

function typedSince(before: string, now: string): string | undefined {
  if (now.startsWith(before)) return now.slice(before.length);
  // The window over the document moved down by whole lines.
  const anchor = before.slice(-200);
  const at = now.lastIndexOf(anchor);
  if (at < 0) return undefined;
  const head = now.slice(0, at);
  return before.slice(0, -200).endsWith(head) ? now.slice(at + anchor.length) : undefined;
}

function sameSuffix(before: string, now: string, extra: string): boolean {
  if (now === before) return true;
  if (extra === '') return false;
  const added = now.length - before.length;
  if (added > 0 && added <= extra.length && AUTO_CLOSED.test(now.slice(0, added)) && now.slice(added) === before)
    return true;
  // The end of the window over the document may have moved.
  const shared = Math.min(now.length, before.length);
  return shared > 500 && now.slice(0, shared - 200) === before.slice(0, shared - 200);
}
