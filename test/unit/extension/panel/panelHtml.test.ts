import { describe, expect, test } from 'vitest';
import { panelHtml } from '../../../../extension/panel/panelHtml.js';

const resources = {
  script: 'https://web/panel.js?a=1&b="',
  style: 'https://web/panel.css',
  cspSource: 'https://web',
  nonce: 'abc123',
  title: '<Endless>',
  language: 'en',
};
const html = panelHtml(resources);
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

describe('panelHtml', () => {
  test('allows nothing but its own script, style and font', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce-abc123'",
      'style-src https://web',
      'font-src https://web',
      'img-src https://web data:',
    ]);
    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script defer nonce="abc123" src="https://web/panel.js?a=1&amp;b=&quot;">',
    ]);
  });

  test('escapes what it is given', () => {
    expect(html).toContain('<title>&lt;Endless&gt;</title>');
  });

  test('carries the texts of the language, and nothing in English', () => {
    expect(html).toContain('<body></body>');
    const german = panelHtml({ ...resources, texts: { '"Send" <now>': 'Senden' } });
    expect(german).toContain(
      '<body data-texts="{&quot;\\&quot;Send\\&quot; &lt;now&gt;&quot;:&quot;Senden&quot;}"></body>',
    );
  });
});
