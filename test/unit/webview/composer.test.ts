import { describe, expect, it } from 'vitest';
import { composed, impactOf } from '../../../webview-ui/chat/compose.js';
import { costOf } from '../../../webview-ui/chat/costHint.js';
import { askedFor, slashOf, suggestionsFor } from '../../../webview-ui/chat/suggestions.js';
import { initialState, reduce } from '../../../webview-ui/state/panelState.js';
import { event, span, windowOf } from './samples.js';

/** Capacity 1000, reserve 100: 900 tokens for text, of which 100 are pinned. */
const window = windowOf([
  span(0, 0, 4, { kind: 'sink', pinned: true }),
  span(1, 4, 96, { kind: 'system', pinned: true }),
  span(2, 100, 300),
  span(3, 400, 400),
  span(4, 800, 50, { kind: 'branch' }),
]);

describe('suggestions', () => {
  it('come for / at the beginning and for @ at the beginning of a word', () => {
    expect(askedFor('/ex', 3)).toEqual({ start: 0, word: '/ex' });
    expect(askedFor('why @se please', 7)).toEqual({ start: 4, word: '@se' });
    expect(askedFor('a /ex', 5)).toBeUndefined();
    expect(askedFor('me@home', 7)).toBeUndefined();
    expect(askedFor('/explain now', 12)).toBeUndefined();
  });

  it('are those that begin with what was typed', () => {
    expect(suggestionsFor('/', '/').map(({ word }) => word)).toContain('/help');
    expect(suggestionsFor('/re', '/re').map(({ word }) => word)).toEqual(['/reset']);
    expect(suggestionsFor('@', 'why @').map(({ word }) => word)).toEqual([
      '@file',
      '@path',
      '@selection',
      '@symbol',
      '@problems',
    ]);
    expect(suggestionsFor('/nothing', '/nothing')).toEqual([]);
  });

  it('of /pin name what is pinned and stay in the text', () => {
    expect(suggestionsFor('@', '/pin @')).toMatchObject([{ type: 'word', word: '@file' }]);
    expect(suggestionsFor('@', '/pinned @')).toHaveLength(5);
  });

  it('a draft is a command only by its whole first word', () => {
    expect(slashOf('/pin  prices are\nin euros ')).toEqual({ name: 'pin', rest: 'prices are\nin euros' });
    expect(slashOf('/explain')).toEqual({ name: 'explain', rest: '' });
    expect(slashOf('/explainer')).toBeUndefined();
    expect(slashOf('/etc/hosts is what?')).toBeUndefined();
    expect(slashOf('say /help')).toBeUndefined();
  });
});

describe('what a question costs', () => {
  it('nothing is pushed out while there is room; the branch gives way', () => {
    expect(impactOf(window, 100)).toEqual({ fits: true, most: 800, events: 0, evicted: 0 });
  });

  it('the oldest events that are not pinned go first', () => {
    expect(impactOf(window, 101)).toMatchObject({ events: 1, evicted: 300 });
    expect(impactOf(window, 600)).toMatchObject({ events: 2, evicted: 700 });
  });

  it('what is larger than all that can go does not fit', () => {
    expect(impactOf(window, 801)).toMatchObject({ fits: false, most: 800 });
    expect(costOf(801, window)).toMatchObject({ tooLarge: true });
  });

  it('is said when it matters', () => {
    expect(costOf(20, window).text).toBe('');
    expect(costOf(100, window).text).toBe('100 tokens');
    expect(costOf(600, window).text).toBe(
      '600 tokens; pushes the 2 oldest events out of the window, up to message title 3',
    );
    expect(costOf(undefined, window)).toEqual({ text: '', tooLarge: false });
  });
});

describe('attachments', () => {
  const attachment = { label: 'a.ts', text: 'a.ts\ncode', tokens: 5 };

  it('go with the question and leave with it', () => {
    let state = reduce(initialState('Why?'), { type: 'attached', attachment });
    const text = composed(state.draft, state.attachments);
    expect(text).toBe('Why?\n\na.ts\ncode');
    state = reduce(state, { type: 'asked', text });
    state = reduce(state, { type: 'event', event: event(7, 'message', { text }) });
    expect(state).toMatchObject({ draft: '', attachments: [], pending: undefined });
  });

  it('can be removed', () => {
    const state = reduce(initialState(''), { type: 'attached', attachment });
    expect(reduce(state, { type: 'detached', index: 0 }).attachments).toEqual([]);
  });

  it('give way to what the host composes', () => {
    const state = reduce(initialState('x'), { type: 'attached', attachment });
    expect(reduce(state, { type: 'compose', text: 'Explain.', send: true })).toMatchObject({
      draft: 'Explain.',
      attachments: [],
      sendWishes: 1,
    });
  });
});
