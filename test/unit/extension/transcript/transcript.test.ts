import { describe, expect, test } from 'vitest';
import { dayStart } from '../../../../extension/transcript/dayStart.js';
import { localTime } from '../../../../extension/transcript/localTime.js';
import { transcriptMarkdown, type TranscriptTexts } from '../../../../extension/transcript/transcriptMarkdown.js';
import { event } from '../../webview/samples.js';

const TEXTS: TranscriptTexts = {
  title: 'Transcript',
  kinds: {
    system: 'Instructions',
    memory: 'Memory',
    message: 'You',
    reply: 'Endless',
    edit: 'Edit',
    outline: 'Outline',
    recall: 'Recalled',
    reset: 'Window reset',
    undoReset: 'Reset undone',
    unpin: 'Unpinned',
  },
  interrupted: 'Interrupted',
  time: (at) => `at ${at}`,
};

describe('transcriptMarkdown', () => {
  test('tells questions, answers, edits and marks in order', () => {
    const events = [
      event(1, 'message', { text: '# Why?\nTell me.' }),
      event(2, 'reply', { text: 'Because **so**.', state: 'interrupted' }),
      event(3, 'edit', { title: 'a.ts', text: '-old\n+new' }),
      event(4, 'reset'),
    ];
    expect(transcriptMarkdown(events, TEXTS)).toBe(
      [
        '# Transcript',
        '## You · at 1000',
        '> # Why?\n> Tell me.',
        '## Endless · at 2000',
        'Because **so**.',
        '*Interrupted*',
        '## Edit · at 3000',
        '`a.ts`',
        '```diff\n-old\n+new\n```',
        '## Window reset · at 4000\n',
      ].join('\n\n'),
    );
  });

  test('a fence inside a text does not end it', () => {
    const text = transcriptMarkdown([event(1, 'memory', { text: '````ts\na\n````' })], TEXTS);
    expect(text).toContain('`````\n````ts\na\n````\n`````');
  });
});

describe('an answer that was stopped inside a block of code', () => {
  const told = (text: string): string =>
    transcriptMarkdown([event(1, 'reply', { text, state: 'interrupted' })], TEXTS)
      .split('\n\n')
      .slice(2)
      .join('\n\n');

  test.each([
    ['So:\n```ts\nconst a', 'So:\n```ts\nconst a\n```\n\n*Interrupted*\n'],
    ['````md\n```ts\na\n```', '````md\n```ts\na\n```\n````\n\n*Interrupted*\n'],
    ['~~~\n```', '~~~\n```\n~~~\n\n*Interrupted*\n'],
    ['```\na\n```\nand', '```\na\n```\nand\n\n*Interrupted*\n'],
    ['```\na\n```` \nand', '```\na\n```` \nand\n\n*Interrupted*\n'],
    ['Run\n```npm i```\nand', 'Run\n```npm i```\nand\n\n*Interrupted*\n'],
    ['- ```js\n  a\n  ```\nand', '- ```js\n  a\n  ```\nand\n\n*Interrupted*\n'],
    ['`a` and', '`a` and\n\n*Interrupted*\n'],
  ])('%j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });
});

test('localTime is the time on the person’s clock', () => {
  expect(localTime(new Date(2026, 2, 1, 9, 5, 59).getTime())).toBe('2026-03-01 09:05');
  expect(localTime(new Date(2026, 11, 31, 23, 59).getTime())).toBe('2026-12-31 23:59');
});

describe('dayStart', () => {
  const now = new Date(2026, 2, 10, 15, 30).getTime();

  test.each([
    ['2026-03-01', new Date(2026, 2, 1).getTime()],
    [' 0 ', new Date(2026, 2, 10).getTime()],
    ['12', new Date(2026, 1, 26).getTime()],
  ])('%j is the beginning of a day', (text, at) => {
    expect(dayStart(text, now)).toBe(at);
  });

  test.each(['', 'yesterday', '2026-02-30', '2026-13-01', '-3'])('%j is no day', (text) => {
    expect(dayStart(text, now)).toBeUndefined();
  });
});
