import { describe, expect, it } from 'vitest';
import { pinsOf } from '../../../webview-ui/pins/pins.js';
import { reduce } from '../../../webview-ui/state/panelState.js';
import { event, panelWith, span, windowOf } from './samples.js';

describe('pinsOf', () => {
  it('lists the pinned notes, oldest first, with all that the budget is spent on', () => {
    const pins = pinsOf(
      windowOf([
        { ...span(1, 0, 4, { kind: 'sink', pinned: true }), eventId: 0 },
        span(2, 4, 96, { kind: 'system', pinned: true }),
        span(7, 100, 20, { kind: 'memory', pinned: true }),
        span(5, 120, 30, { kind: 'memory', pinned: true }),
        span(8, 150, 40, { kind: 'memory' }),
        span(9, 190, 50),
      ]),
    );
    expect(pins).toEqual({
      notes: [
        { eventId: 5, title: 'title 5', tokens: 30 },
        { eventId: 7, title: 'title 7', tokens: 20 },
      ],
      used: 150,
      budget: 250,
    });
  });
});

it('a pin whose taking off was asked for waits until it has come off, or could not', () => {
  const asked = reduce(panelWith(), { type: 'unpinAsked', eventId: 5 });
  expect(asked.unpinning.has(5)).toBe(true);
  expect(reduce(asked, { type: 'event', event: event(9, 'unpin', { text: '5' }) }).unpinning.size).toBe(0);
  expect(reduce(asked, { type: 'notice', message: 'Not pinned.', settles: 'unpin' }).unpinning.size).toBe(0);
});
