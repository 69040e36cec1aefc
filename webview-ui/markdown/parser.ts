import MarkdownIt from 'markdown-it';
import { codeBlockHtml } from './codeBlockHtml.js';
import { escapeHtml } from './escapeHtml.js';

/**
 * Markdown of the model: text that nobody has checked. No HTML passes, links lead to http(s) only, and images are not
 * loaded but named.
 */
export const parser = new MarkdownIt({ html: false, linkify: true });

parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.validateLink = (url) => /^https?:\/\//i.test(url);

// An image whose address is refused stays text; one that passes is shown by its description.
parser.renderer.rules.image = (tokens, index) => `<em>${escapeHtml(tokens[index]?.content ?? '')}</em>`;
parser.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index];
  token?.attrSet('title', String(token.attrGet('href') ?? ''));
  return self.renderToken(tokens, index, options);
};
parser.renderer.rules.table_open = () => '<div class="table-scroll"><table>';
parser.renderer.rules.table_close = () => '</table></div>';
parser.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  return token ? codeBlockHtml(token.content, languageOf(token.info)) : '';
};
parser.renderer.rules.code_block = (tokens, index) => codeBlockHtml(tokens[index]?.content ?? '', '');

/** `ts` of the info string `ts title="cart.ts"`. */
export function languageOf(info: string): string {
  return /^[\w+#-]+/.exec(info.trim())?.[0].toLowerCase() ?? '';
}
