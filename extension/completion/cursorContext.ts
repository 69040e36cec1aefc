/** The text around the cursor, cut to what a completion needs. */
export interface CursorContext {
  /** Text before the start of the cursor's line. */
  readonly prefix: string;
  /** The cursor's line up to the cursor. */
  readonly typed: string;
  /** Text after the cursor. */
  readonly suffix: string;
}

/** Most characters before the cursor's line and after the cursor; whole lines are kept. */
export const PREFIX_CHARACTERS = 6_000;
export const SUFFIX_CHARACTERS = 2_000;

/** Splits a text at the cursor. Line ends become `\n`. */
export function splitAtCursor(before: string, after: string): CursorContext {
  const head = before.replace(/\r\n?/g, '\n');
  const lineStart = head.lastIndexOf('\n') + 1;
  return {
    prefix: lastWholeLines(head.slice(0, lineStart), PREFIX_CHARACTERS),
    typed: head.slice(lineStart),
    suffix: firstWholeLines(after.replace(/\r\n?/g, '\n'), SUFFIX_CHARACTERS),
  };
}

function lastWholeLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(-limit);
  return kept.slice(kept.indexOf('\n') + 1);
}

function firstWholeLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf('\n', limit);
  return text.slice(0, end < 0 ? limit : end);
}

/** What stands on the cursor's line after the cursor. */
export function tailOf(suffix: string): string {
  const end = suffix.indexOf('\n');
  return end < 0 ? suffix : suffix.slice(0, end);
}

/** Nothing but closing brackets, quotes and separators: what editors put there by themselves. */
export function isClosersOnly(tail: string): boolean {
  return /^[)\]}>'"`;,:\s]*$/.test(tail);
}
