import { describe, expect, it } from 'vitest';
import { blockHtml, growBlocks, type Block } from '../../../webview-ui/markdown/blocks.js';

const TEXT = `A paragraph
of two lines.

- one
- two

\`\`\`ts title="a.ts"
const a = 1;

const b = 2;
\`\`\`

| a | b |
| --- | --- |
| 1 | 2 |

The end.`;

const html = (blocks: readonly Block[]) => blocks.map((block) => blockHtml(block, false)).join('');

describe('growBlocks', () => {
  it('splits at the outermost level and names fenced code', () => {
    const blocks = growBlocks([], TEXT);
    expect(blocks.map(({ source }) => source.split('\n')[0])).toEqual([
      'A paragraph',
      '- one',
      '```ts title="a.ts"',
      '| a | b |',
      'The end.',
    ]);
    expect(blocks[2]?.code).toEqual({ text: 'const a = 1;\n\nconst b = 2;\n', language: 'ts' });
  });

  it('comes to the same blocks however the text arrives', () => {
    for (const size of [1, 3, 7]) {
      let blocks: readonly Block[] = [];
      for (let end = 0; end <= TEXT.length + size; end += size) blocks = growBlocks(blocks, TEXT.slice(0, end));
      expect(blocks.map(({ source }) => source)).toEqual(growBlocks([], TEXT).map(({ source }) => source));
      expect(html(blocks)).toBe(html(growBlocks([], TEXT)));
    }
  });

  it('leaves finished blocks the same objects while the last one grows', () => {
    const before = growBlocks([], `${TEXT}\n\nMore`);
    const after = growBlocks(before, `${TEXT}\n\nMore and more`);
    expect(after.slice(0, -1).every((block, index) => block === before[index])).toBe(true);
    expect(after.at(-1)).not.toBe(before.at(-1));
  });

  it('starts afresh with another text', () => {
    expect(growBlocks(growBlocks([], TEXT), 'Other').map(({ source }) => source)).toEqual(['Other']);
    expect(growBlocks(growBlocks([], TEXT), '')).toEqual([]);
  });
});

describe('blockHtml', () => {
  const render = (text: string) => html(growBlocks([], text));

  it('lets no HTML of the model pass', () => {
    expect(render('<img src=x onerror=alert(1)> <script>x</script>')).not.toMatch(/<(img|script)/);
    expect(render('```html\n<script>alert(1)</script>\n```')).not.toContain('<script');
  });

  it.each([
    'javascript:alert(1)',
    'command:workbench.action.quit',
    'vscode://x',
    'file:///etc/passwd',
    'data:text/html,x',
  ])('makes no link to %s', (address) => {
    expect(render(`[click](${address}) <${address}>`)).not.toContain('<a');
  });

  it('links to http(s) with the address as its tooltip', () => {
    expect(render('[docs](https://example.com/a)')).toContain(
      '<a href="https://example.com/a" title="https://example.com/a">docs</a>',
    );
  });

  it('names an image and does not load it', () => {
    expect(render('![a chart](https://example.com/chart.png)')).toBe('<p><em>a chart</em></p>\n');
  });

  it('colours code inside a list and gives it its buttons', () => {
    const list = render('- do\n  ```js\n  let a;\n  ```');
    expect(list).toContain('hljs-keyword');
    expect(list).toContain('aria-label="Insert at Cursor"');
  });
});
