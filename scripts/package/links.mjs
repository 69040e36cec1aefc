/** Links of the repository's pages, for readers who have the package alone. */
const FENCE = /^ {0,3}(```|~~~)/;
/** Inline code, or a link or image whose target has no scheme and is not on the page itself. */
const CODE_OR_LINK = /(`+)[^`].*?\1|!?\[([^\]]*)\]\(((?![a-z][a-z\d+.-]*:|#)[^()\s]+)\)/gi;

/**
 * Markdown in which a link to a file that is not at hand is its words alone; an image that is not is left out.
 *
 * @param {string} markdown
 * @param {(target: string) => boolean} isThere of a relative target, without its fragment
 */
export function withoutDeadLinks(markdown, isThere) {
  let fence;
  const lines = markdown.split('\n').map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (mark && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    if (mark || fence) return line;
    return line.replace(CODE_OR_LINK, (whole, code, words, target) => {
      if (code || isThere(target.split('#')[0])) return whole;
      return whole.startsWith('!') ? '' : words;
    });
  });
  return lines.join('\n');
}
