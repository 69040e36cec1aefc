import type { Token } from 'markdown-it';
import { languageOf, parser } from './parser.js';

/** A paragraph, a list, a code block …: what stands at the outermost level of a markdown text. */
export interface Block {
  /** Where it begins in the text: its name among its siblings. */
  readonly start: number;
  readonly source: string;
  readonly tokens: readonly Token[];
  /** Set if the whole block is fenced code. */
  readonly code?: { readonly text: string; readonly language: string };
}

/**
 * The blocks of a text that grows at its end. Blocks that are finished are the same objects as before, so that they are
 * neither parsed nor drawn again; only the last one may still change its meaning with the next token.
 */
export function growBlocks(before: readonly Block[], text: string): readonly Block[] {
  const finished = before.slice(0, -1);
  const last = before.at(-1);
  if (!last || !text.startsWith(last.source, last.start)) return parseFrom(text, 0);
  if (last.start + last.source.length === text.length) return before;
  return [...finished, ...parseFrom(text, last.start)];
}

function parseFrom(text: string, offset: number): readonly Block[] {
  const tail = text.slice(offset);
  const lines = lineStarts(tail);
  const blocks: { start: number; tokens: Token[] }[] = [];
  let depth = 0;
  for (const token of parser.parse(tail, {})) {
    if (depth === 0 || blocks.length === 0) blocks.push({ start: lines[token.map?.[0] ?? 0] ?? 0, tokens: [] });
    blocks.at(-1)?.tokens.push(token);
    depth += token.nesting;
  }
  return blocks.map(({ start, tokens }, index) => {
    const source = tail.slice(start, blocks[index + 1]?.start);
    const [first] = tokens;
    const code = first?.type === 'fence' ? { text: first.content, language: languageOf(first.info) } : undefined;
    return { start: offset + start, source, tokens, ...(code && { code }) };
  });
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** HTML of blocks that were drawn lately, by their source: scrolling back must not parse and colour again. */
const drawn = new Map<string, string>();
const MOST_DRAWN = 500;

export function blockHtml(block: Block, keep: boolean): string {
  const known = drawn.get(block.source);
  if (known !== undefined) return known;
  const html = parser.renderer.render([...block.tokens], parser.options, {});
  if (!keep) return html;
  if (drawn.size >= MOST_DRAWN) drawn.delete(drawn.keys().next().value ?? '');
  drawn.set(block.source, html);
  return html;
}
