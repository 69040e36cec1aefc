import { describe, expect, it } from 'vitest';
import { composed } from '../../../webview-ui/chat/compose.js';
import type { Settled, ToPanel } from '../../../webview-ui/messages.js';
import { reduce, type PanelAction, type PanelState } from '../../../webview-ui/state/panelState.js';
import { CRASH, event, MODEL, panelWith } from './samples.js';

function after(...messages: readonly (ToPanel | PanelAction)[]): PanelState {
  return messages.reduce(reduce, panelWith());
}

const events = (state: PanelState) => state.transcript.events;

describe('reduce', () => {
  it('gives a reply its place as soon as the engine answers, before its event has come', () => {
    const state = after(
      { type: 'page', events: [event(1)], more: false },
      { type: 'state', state: { phase: 'answering', model: MODEL, replyId: 2 } },
    );
    expect(events(state).map(({ id, state }) => [id, state])).toEqual([
      [1, 'complete'],
      [2, 'streaming'],
    ]);
    expect(state.writing).toEqual({ replyId: 2, text: '' });
  });

  it('collects the text of a reply beside the transcript, which stays the same object', () => {
    const before = after({ type: 'event', event: event(2, 'reply', { text: '', state: 'streaming' }) });
    const state = [' a', ' b'].reduce((now, text) => reduce(now, { type: 'delta', replyId: 2, text }), before);
    expect(state.writing?.text).toBe(' a b');
    expect(state.transcript).toBe(before.transcript);
  });

  it('goes on from the text that a page brings of a reply in the middle', () => {
    const state = after(
      { type: 'page', events: [event(2, 'reply', { text: 'So far', state: 'streaming' })], more: false },
      { type: 'delta', replyId: 2, text: ' so good' },
    );
    expect(state.writing?.text).toBe('So far so good');
  });

  it('takes the final event in place of what was streamed and ignores a late delta', () => {
    const state = after(
      { type: 'delta', replyId: 2, text: 'half' },
      { type: 'event', event: event(2, 'reply', { text: 'half and half' }) },
      { type: 'delta', replyId: 2, text: ' late' },
    );
    expect(state.writing).toBeUndefined();
    expect(events(state)).toEqual([event(2, 'reply', { text: 'half and half' })]);
  });

  it('keeps the text of a reply that the end of the engine cut off, marked as interrupted', () => {
    const state = after(
      { type: 'delta', replyId: 2, text: 'The first part' },
      { type: 'state', state: { phase: 'restarting', attempt: 1, error: CRASH } },
    );
    expect(events(state)[0]).toMatchObject({ text: 'The first part', state: 'interrupted' });
    expect(state.writing).toBeUndefined();
  });

  it('clears the draft only when the question has come back as an event', () => {
    const asked = after({ type: 'typed', draft: 'Why? ' }, { type: 'asked', text: 'Why?' });
    expect(asked).toMatchObject({ draft: 'Why? ', pending: 'Why?' });
    const other = reduce(asked, { type: 'event', event: event(5, 'edit', { text: 'Why?' }) });
    expect(other.draft).toBe('Why? ');
    const taken = reduce(other, { type: 'event', event: event(6, 'message', { text: 'Why?' }) });
    expect(taken).toMatchObject({ draft: '', pending: undefined });
  });

  it('leaves what was typed after the question was sent', () => {
    const state = after(
      { type: 'typed', draft: 'Why?' },
      { type: 'asked', text: 'Why?' },
      { type: 'typed', draft: 'Why? And how?' },
      { type: 'event', event: event(6, 'message', { text: 'Why?' }) },
    );
    expect(state).toMatchObject({ draft: 'Why? And how?', pending: undefined });
  });

  it.each<ToPanel>([
    { type: 'notice', message: 'The window is full.', settles: 'question' },
    { type: 'state', state: { phase: 'failed', error: CRASH } },
  ])('gives the question back when the engine says $type instead of taking it', (message) => {
    const state = after({ type: 'typed', draft: 'Why?' }, { type: 'asked', text: 'Why?' }, message);
    expect(state).toMatchObject({ draft: 'Why?', pending: undefined });
  });

  it('knows that the model reads a question from its event until the reply begins', () => {
    const asked = after({ type: 'event', event: event(6) });
    expect(asked.unanswered).toBe(6);
    const reply = event(7, 'reply', { text: '', state: 'streaming' });
    expect(reduce(asked, { type: 'event', event: reply }).unanswered).toBeUndefined();
    expect(reduce(asked, { type: 'delta', replyId: 7, text: 'a' }).unanswered).toBeUndefined();
    const refused = { type: 'notice', message: 'The window is full.', settles: 'question' } as const;
    expect(reduce(asked, refused).unanswered).toBeUndefined();
  });

  it('a notice settles what it says and nothing else', () => {
    const asked = after(
      { type: 'recallAsked', eventId: 3 },
      { type: 'unpinAsked', eventId: 4 },
      { type: 'event', event: event(6) },
      { type: 'asked', text: 'Why?' },
    );
    const waiting = ({ pending, unanswered, recalling, unpinning }: PanelState) => [
      ...[pending, unanswered],
      ...[recalling.size, unpinning.size],
    ];
    const told = (settles?: Settled) =>
      reduce(asked, { type: 'notice', message: 'No editor is open.', ...(settles ? { settles } : {}) });
    expect(told().notice).toBe('No editor is open.');
    expect(waiting(told())).toEqual(['Why?', 6, 1, 1]);
    expect(waiting(told('question'))).toEqual([undefined, undefined, 1, 1]);
    expect(waiting(told('recall'))).toEqual(['Why?', 6, 0, 1]);
    expect(waiting(told('unpin'))).toEqual(['Why?', 6, 1, 0]);
  });

  it('waits for no recall of an engine that has gone, but for a question that waits for the next', () => {
    const asked = after(
      { type: 'recallAsked', eventId: 3 },
      { type: 'unpinAsked', eventId: 4 },
      { type: 'asked', text: 'Why?' },
    );
    const state = reduce(asked, { type: 'state', state: { phase: 'starting', detail: 'Restarting' } });
    expect([state.pending, state.recalling.size, state.unpinning.size]).toEqual(['Why?', 0, 0]);
  });

  it('clears the draft also when its question was asked late, after the panel had given it back', () => {
    const state = after(
      { type: 'typed', draft: 'Why?' },
      { type: 'asked', text: 'Why?' },
      { type: 'state', state: { phase: 'restarting', attempt: 1, error: CRASH } },
      { type: 'event', event: event(6, 'message', { text: 'Why?' }) },
    );
    expect(state.draft).toBe('');
  });

  it('forgets that a recall was asked for when one has come', () => {
    const asked = after({ type: 'recallAsked', eventId: 3 });
    expect(asked.recalling.has(3)).toBe(true);
    expect(reduce(asked, { type: 'event', event: event(9, 'recall') }).recalling.size).toBe(0);
  });

  describe('a question that is being read', () => {
    it('is known again to a page that was loaded anew', () => {
      const state = after({ type: 'page', events: [event(1, 'reply'), event(2)], more: false, unanswered: 2 });
      expect(state.unanswered).toBe(2);
    });

    it('is still being read when an older page comes', () => {
      const state = after(
        { type: 'event', event: event(9) },
        { type: 'page', before: 9, events: [event(7), event(8, 'reply')], more: true },
      );
      expect(state.unanswered).toBe(9);
    });

    it('is no longer where the newest page ends in its answer', () => {
      const state = after(
        { type: 'event', event: event(1) },
        { type: 'page', events: [event(1), event(2, 'reply')], more: false },
      );
      expect(state.unanswered).toBeUndefined();
    });
  });

  it('sets aside what was being written for an earlier question, which takes nothing of it along', () => {
    const attachment = { label: 'a.ts', text: 'a.ts', tokens: 3 };
    const asking = after(
      { type: 'typed', draft: 'Half a' },
      { type: 'attached', attachment },
      { type: 'askedAgain', text: 'Why?' },
    );
    expect(asking).toMatchObject({ draft: 'Why?', attachments: [], sendWish: undefined });
    expect(reduce(asking, { type: 'typed', draft: '' })).toMatchObject({
      draft: 'Half a',
      attachments: [attachment],
    });
  });

  it('knows a question again whose attachment ends in white space', () => {
    const attachment = { label: 'problems', text: 'Problems of a.ts\n- error, line 1: Oh no\n', tokens: 9 };
    const written = after({ type: 'typed', draft: 'Why?' }, { type: 'attached', attachment });
    const question = composed(written.draft, written.attachments);
    const asked = reduce(written, { type: 'asked', text: question });
    const back = reduce(asked, { type: 'event', event: event(1, 'message', { text: question }) });
    expect(back).toMatchObject({ draft: '', attachments: [], pending: undefined });
  });
});
