import { describe, expect, it } from 'vitest';
import {
  EMPTY_TRANSCRIPT,
  findEvent,
  trimmed,
  withEvent,
  withPage,
  type Transcript,
} from '../../../webview-ui/state/transcript.js';
import { event } from './samples.js';

const ids = (transcript: Transcript) => transcript.events.map(({ id }) => id);
const five: Transcript = { events: [event(5), event(6)], more: true };

describe('transcript', () => {
  it('puts an older page in front', () => {
    const transcript = withPage(five, { before: 5, events: [event(3), event(4)], more: false });
    expect(ids(transcript)).toEqual([3, 4, 5, 6]);
    expect(transcript.more).toBe(false);
  });

  it('goes on with the newest page, and keeps the older ones that it goes on from', () => {
    const next = withPage(five, { events: [event(6, 'reply'), event(7)], more: true });
    expect(ids(next)).toEqual([5, 6, 7]);
    expect(findEvent(next, 6)?.kind).toBe('reply');
    expect(ids(withPage({ ...five, more: false }, { events: [event(7)], more: true }))).toEqual([5, 6, 7]);
    expect(withPage({ ...five, more: false }, { events: [event(7)], more: true }).more).toBe(false);
  });

  it('is replaced by a newest page that does not go on from it', () => {
    expect(withPage(five, { events: [event(90)], more: true })).toEqual({ events: [event(90)], more: true });
    expect(ids(withPage(five, { events: [], more: false }))).toEqual([]);
    expect(ids(withPage(five, { events: [event(1), event(2)], more: false }))).toEqual([1, 2]);
  });

  it('drops a page that would leave a hole', () => {
    expect(withPage(five, { before: 3, events: [event(1), event(2)], more: false })).toBe(five);
  });

  it('adds an event at the end, in between and in place of itself', () => {
    const grown = [event(1), event(4), event(2), event(4, 'reply')].reduce(withEvent, EMPTY_TRANSCRIPT);
    expect(ids(grown)).toEqual([1, 2, 4]);
    expect(findEvent(grown, 4)?.kind).toBe('reply');
    expect(findEvent(grown, 3)).toBeUndefined();
  });

  it('does not take in an event older than what is loaded while older pages exist', () => {
    expect(withEvent(five, event(2))).toBe(five);
  });

  it('keeps only the newest when trimmed, and says that there is more', () => {
    expect(trimmed({ events: [event(1), event(2), event(3)], more: false }, 2)).toEqual({
      events: [event(2), event(3)],
      more: true,
    });
  });
});
