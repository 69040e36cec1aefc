/**
 * What is whole of a text that was cut off in the middle: its whole lines, or of a single line all but the word at its end,
 * which may go on.
 */
export function wholeText(cut: string): string {
  const end = cut.lastIndexOf('\n');
  return end < 0 ? cut.replace(/[\p{L}\p{N}\p{M}_$]+$/u, '') : cut.slice(0, end);
}
