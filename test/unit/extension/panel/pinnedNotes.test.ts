import { describe, expect, test } from 'vitest';
import { notesNamed, pinnedNotes, pinnedOutlineLimits, pinRequest } from '../../../../extension/panel/pinnedNotes.js';
import { span, windowOf } from '../../webview/samples.js';

const window = windowOf([
  span(1, 0, 100, { kind: 'system', pinned: true }),
  span(2, 100, 20, { kind: 'memory', pinned: true, title: 'Prices are in euros' }),
  span(3, 120, 30, { kind: 'memory', pinned: true, title: 'src/cart.ts' }),
  span(4, 150, 30, { kind: 'memory', title: 'unpinned' }),
]);

test('only notes that are pinned can be unpinned', () => {
  expect(pinnedNotes(window)).toEqual([
    { eventId: 2, title: 'Prices are in euros', tokens: 20 },
    { eventId: 3, title: 'src/cart.ts', tokens: 30 },
  ]);
});

test('a few words name a note, none name all', () => {
  const notes = pinnedNotes(window);
  expect(notesNamed(notes, ' EUROS ').map(({ eventId }) => eventId)).toEqual([2]);
  expect(notesNamed(notes, '')).toEqual(notes);
  expect(notesNamed(notes, 'dollars')).toEqual([]);
});

describe('pinRequest', () => {
  test.each([
    ['', { path: '' }],
    ['@file', { path: '' }],
    ['@src/cart.ts', { path: 'src/cart.ts' }],
    ['prices are in euros', { note: 'prices are in euros' }],
    ['@file is what I mean', { note: '@file is what I mean' }],
  ])('%j', (rest, expected) => expect(pinRequest(rest)).toEqual(expected));
});

test('an outline gets what is left of the budget for pinned text', () => {
  expect(pinnedOutlineLimits(window).characters).toBe((250 - 150) * 3);
  expect(pinnedOutlineLimits({ ...window, pinnedBudget: 100 }).characters).toBe(0);
});
