import { expect, test } from 'vitest';
import { messageParts } from '../../../webview-ui/chat/messageParts.js';

const words = (text: string) => ({ kind: 'words', text, language: '' });
const code = (text: string, language: string) => ({ kind: 'code', text, language });

test('shows a question without code as it was typed', () => {
  expect(messageParts('# no heading\n\n* no list < 3')).toEqual([words('# no heading\n\n* no list < 3')]);
});

test('tells attached code from the words around it', () => {
  expect(messageParts('Explain this code.\n\nsrc/a.ts:1-2\n```ts\nlet a;\n\nlet b;\n```\n\nBriefly.')).toEqual([
    words('Explain this code.\n\nsrc/a.ts:1-2'),
    code('let a;\n\nlet b;', 'ts'),
    words('Briefly.'),
  ]);
});

test('ends a fence only where one as long stands', () => {
  expect(messageParts('````md\n```ts\nlet a;\n```\n````')).toEqual([code('```ts\nlet a;\n```', 'md')]);
});

test('takes a fence that is never closed for words', () => {
  expect(messageParts('What does ``` mean?\n```ts\nlet a;')).toEqual([words('What does ``` mean?\n```ts\nlet a;')]);
});

test('shows code without a language, and an empty one', () => {
  expect(messageParts('```\na\n```')).toEqual([code('a', '')]);
  expect(messageParts('```\n```')).toEqual([code('', '')]);
});
