import { describe, expect, it } from 'vitest';
import { composed, impactOf } from '../../../webview-ui/chat/compose.js';
import { costOf, isWorthCounting } from '../../../webview-ui/chat/costHint.js';
import { askedFor, slashOf, suggestionsFor } from '../../../webview-ui/chat/suggestions.js';
import { MAX_TEXT, type ToPanel } from '../../../webview-ui/messages.js';
import { reduce, type PanelAction } from '../../../webview-ui/state/panelState.js';
import { event, panelWith, span, windowOf } from './samples.js';

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
    expect(costOf('text', 801, window)).toMatchObject({ tooLarge: true });
  });

  it('what is longer than can be sent is neither sent nor counted', () => {
    const longest = 'x'.repeat(MAX_TEXT);
    expect(costOf(longest, undefined, window).tooLarge).toBe(false);
    expect(isWorthCounting(longest)).toBe(true);
    expect(costOf(`${longest}x`, undefined, window)).toEqual({
      text: '1,000,001 characters are too many: 1,000,000 can be sent at once.',
      tooLarge: true,
    });
    expect(isWorthCounting(`${longest}x`)).toBe(false);
  });

  it('is said when it matters', () => {
    expect(costOf('text', 20, window).text).toBe('');
    expect(costOf('text', 100, window).text).toBe('100 tokens');
    expect(costOf('text', 600, window).text).toBe(
      '600 tokens; pushes the 2 oldest events out of the window, up to message title 3',
    );
    expect(costOf('text', undefined, window)).toEqual({ text: '', tooLarge: false });
  });
});

describe('attachments', () => {
  const attachment = { label: 'a.ts', text: 'a.ts\ncode', tokens: 5 };

  it('go with the question and leave with it', () => {
    let state = reduce(panelWith('Why?'), { type: 'attached', attachment });
    const text = composed(state.draft, state.attachments);
    expect(text).toBe('Why?\n\na.ts\ncode');
    state = reduce(state, { type: 'asked', text });
    state = reduce(state, { type: 'event', event: event(7, 'message', { text }) });
    expect(state).toMatchObject({ draft: '', attachments: [], pending: undefined });
  });

  it('can be removed', () => {
    const state = reduce(panelWith(), { type: 'attached', attachment });
    expect(reduce(state, { type: 'detached', index: 0 }).attachments).toEqual([]);
  });
});

describe('what the host puts into the composer', () => {
  const chip = { label: 'a.ts', text: 'a.ts\ncode', tokens: 5 };
  const writing = reduce(panelWith('Half a que'), { type: 'attached', attachment: chip });
  const explain = { type: 'compose', text: 'Explain.', send: true } as const;
  const mine = { draft: 'Half a que', attachments: [chip], setAside: [] };
  const taken = (text: string) => ({ type: 'event', event: event(7, 'message', { text }) }) as const;
  const after = (...messages: readonly (ToPanel | PanelAction)[]) => messages.reduce(reduce, writing);

  it('is a question of its own, and takes nothing of what the person was at along', () => {
    const { draft, attachments, sendWish } = after(explain);
    expect([composed(draft, attachments), sendWish]).toEqual(['Explain.', 'Explain.']);
  });

  it('gives the draft and its attachments back once it was sent', () => {
    expect(after(explain, { type: 'asked', text: 'Explain.' })).toMatchObject({ draft: 'Explain.' });
    expect(after(explain, { type: 'asked', text: 'Explain.' }, taken('Explain.'))).toMatchObject(mine);
  });

  it('gives them back as well when it is not sent but deleted, with what was attached to it', () => {
    expect(after(explain, { type: 'typed', draft: '' })).toMatchObject(mine);
    const attached = after(explain, { type: 'attached', attachment: chip }, { type: 'typed', draft: '' });
    expect(attached).toMatchObject({ draft: '', attachments: [chip] });
    expect(reduce(attached, { type: 'detached', index: 0 })).toMatchObject(mine);
  });

  it('may be changed first; what the person was at then waits for that question', () => {
    const changed = after(explain, { type: 'typed', draft: 'Explain why.' });
    expect(changed.draft).toBe('Explain why.');
    expect(reduce(changed, taken('Explain why.'))).toMatchObject(mine);
  });

  it('stays in the composer when the engine refuses it', () => {
    const refused = { type: 'notice', message: 'Full.', settles: 'question' } as const;
    const state = after(explain, { type: 'asked', text: 'Explain.' }, refused);
    expect(state).toMatchObject({ draft: 'Explain.', pending: undefined });
    expect(reduce(state, { type: 'typed', draft: '' })).toMatchObject(mine);
  });

  it('may come twice: nothing is lost, and the same text is there once', () => {
    const other = { ...explain, text: 'Explain that.' };
    const both = after(explain, explain, other);
    expect(both.draft).toBe('Explain that.');
    expect(reduce(both, taken('Explain that.'))).toMatchObject({ draft: 'Explain.' });
    expect([taken('Explain that.'), taken('Explain.')].reduce(reduce, both)).toMatchObject(mine);
    // The first one was on its way when the second came: it is asked, and does not come back.
    expect([taken('Explain.'), taken('Explain that.')].reduce(reduce, both)).toMatchObject(mine);
  });

  it('and is not to be sent, is over what was typed meanwhile and never in its place', () => {
    const back = { type: 'compose', text: '/pin a long note', send: false } as const;
    expect(after(back)).toMatchObject({ draft: back.text, attachments: [], sendWish: undefined });
    expect(after(back, { type: 'typed', draft: '' })).toMatchObject(mine);
    const emptied = after({ type: 'typed', draft: '' }, back);
    expect(emptied).toMatchObject({ draft: back.text, attachments: [chip], setAside: [] });
  });

  it('is sent as it came, once; what comes back is never sent by itself', () => {
    const asked = after(explain, { type: 'asked', text: 'Explain.' });
    expect(asked.sendWish).toBeUndefined();
    // Wanted a second time while it was on its way.
    const again = [explain, taken('Explain.')].reduce(reduce, asked);
    expect(again).toMatchObject(mine);
    expect(again.sendWish).not.toBe(again.draft);
    expect(after(explain, { type: 'typed', draft: 'Explain.!' }).sendWish).toBeUndefined();
    const typed: PanelAction = { type: 'typed', draft: 'A long question' };
    expect(after(typed, { type: 'sendWished' }).sendWish).toBe('A long question');
    expect(after(typed, { type: 'sendWished' }, { type: 'typed', draft: 'Another' }).sendWish).toBeUndefined();
    expect(after(explain, { type: 'sendWishGivenUp' })).toMatchObject({ draft: 'Explain.', sendWish: undefined });
  });

  it('covers nothing where there was nothing', () => {
    const state = [explain, taken('Explain.')].reduce(reduce, panelWith());
    expect(state).toMatchObject({ draft: '', attachments: [], setAside: [] });
  });
});
