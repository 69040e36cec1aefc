/** What a doc comment says in one sentence. */
import type { SyntaxNode } from './grammars.js';
import type { SourceText } from './sourceText.js';

const MOST_ROWS = 30;
const SHORTEST = 12;
const LONGEST = 110;

/** First sentence of the doc comment that ends on the line above a declaration; empty if there is none that reads well. */
export function docAbove(declaration: SyntaxNode, source: SourceText): string {
  const first = withDecorators(declaration);
  const comment = first.previousNamedSibling;
  if (comment?.type !== 'comment' || comment.endPosition.row !== first.startPosition.row - 1) return '';
  if (comment.endPosition.row - comment.startPosition.row >= MOST_ROWS) return '';
  const text = source.text.slice(comment.startIndex, comment.endIndex);
  return text.startsWith('/**') ? firstSentence(text) : '';
}

function withDecorators(declaration: SyntaxNode): SyntaxNode {
  let first = declaration;
  while (first.previousNamedSibling?.type === 'decorator') first = first.previousNamedSibling;
  return first;
}

/** @param comment from its opening to its end */
export function firstSentence(comment: string): string {
  const words = comment.split('\n').map((line) =>
    line
      .trim()
      .replace(/^\/?\*+\/?|\*+\/$/g, '')
      .trim(),
  );
  const body = words.filter((line) => line !== '').join(' ');
  const sentence = (body.split(/(?<=[.!?])\s|\s@|^@/)[0] ?? '').trim();
  const reads = sentence.length >= SHORTEST && sentence.length <= LONGEST && /^\p{Lu}[^{@*]*$/u.test(sentence);
  return reads ? sentence : '';
}
