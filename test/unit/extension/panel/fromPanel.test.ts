import { describe, expect, test } from 'vitest';
import { parseFromPanel, webLink } from '../../../../extension/panel/fromPanel.js';

describe('parseFromPanel', () => {
  test.each([
    { type: 'ready' },
    { type: 'ask', text: 'hello' },
    { type: 'stop' },
    { type: 'page', before: 3 },
    { type: 'page', before: 300, reach: 3 },
    { type: 'find', text: 'tomato' },
    { type: 'slash', name: 'pin', rest: 'a note' },
    { type: 'attach', what: 'file' },
    { type: 'attach', what: 'symbol' },
    { type: 'unpin', eventId: 4 },
    { type: 'spanText', spanId: 0 },
    { type: 'count', text: 'x' },
    { type: 'recall', eventId: 1 },
    { type: 'reAnchor' },
    { type: 'remedy', remedy: 'retry' },
    { type: 'manageTrust' },
    { type: 'copy', text: '' },
    { type: 'insert', text: 'x' },
    { type: 'applyDiff', text: 'x' },
    { type: 'newFile', text: 'x', language: 'ts' },
    { type: 'openLink', href: 'https://example.org' },
  ])('takes %o', (message) => {
    expect(parseFromPanel(message)).toEqual(message);
  });

  test.each([
    undefined,
    null,
    'ask',
    42,
    [],
    {},
    { type: 'run', command: 'x' },
    { type: 'ask' },
    { type: 'ask', text: 7 },
    { type: 'ask', text: 'x'.repeat(1_000_001) },
    { type: 'page', before: 0 },
    { type: 'page', before: 1.5 },
    { type: 'page', before: '1' },
    { type: 'slash', name: 'rm', rest: '' },
    { type: 'recall', eventId: -1 },
    { type: 'unpin', eventId: 0 },
    { type: 'spanText', spanId: -1 },
    { type: 'attach', what: 'clipboard' },
    { type: 'remedy', remedy: 'deleteEverything' },
    { type: 'openLink', href: 'https://x/'.padEnd(9_000, 'x') },
  ])('refuses %o', (message) => {
    expect(parseFromPanel(message)).toBeUndefined();
  });

  test('passes nothing on that it does not know', () => {
    expect(parseFromPanel({ type: 'stop', extra: 1 })).toEqual({ type: 'stop' });
  });
});

describe('webLink', () => {
  test.each(['https://example.org/a?b#c', 'http://localhost:3000/'])('opens %s', (href) => {
    expect(webLink(href)).toBe(href);
  });

  test.each([
    'javascript:alert(1)',
    'command:workbench.action.terminal.new',
    'file:///etc/passwd',
    'vscode://file/x',
    'data:text/html,x',
    ' java\nscript:alert(1)',
    '//example.org',
    'example.org',
    '',
  ])('does not open %j', (href) => {
    expect(webLink(href)).toBeUndefined();
  });
});
