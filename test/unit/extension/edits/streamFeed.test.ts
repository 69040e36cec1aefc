import { describe, expect, test, vi } from 'vitest';
import type { IncomingEvent } from '../../../../inference/protocol.js';
import { nullLog } from '../../../../extension/base/log.js';
import { EngineError } from '../../../../extension/engine/engineError.js';
import { StreamFeed, type WaitingRoom } from '../../../../extension/edits/streamFeed.js';

const edit = (title: string): IncomingEvent => ({ kind: 'edit', title, text: title });

class Sink {
  ready = true;
  failure: Error | undefined;
  readonly batches: string[][] = [];
  isReady(): boolean {
    return this.ready;
  }
  readonly superseded: (readonly number[] | undefined)[] = [];
  #count = 0;
  append(events: readonly IncomingEvent[]): Promise<readonly number[]> {
    if (this.failure) return Promise.reject(this.failure);
    this.batches.push(events.map(({ title }) => title));
    this.superseded.push(...events.map(({ supersedes }) => supersedes));
    return Promise.resolve(events.map(() => ++this.#count));
  }
}

/** What is kept for later windows, and what earlier ones have left. */
class Room implements WaitingRoom {
  kept: readonly string[] = [];
  writes = 0;
  works = true;
  forgotten = false;
  readonly left: readonly IncomingEvent[];
  constructor(left: readonly IncomingEvent[] = []) {
    this.left = left;
  }
  leftBehind(): { readonly events: readonly IncomingEvent[]; readonly forget: () => void } {
    return { events: this.left, forget: () => (this.forgotten = true) };
  }
  write(events: readonly IncomingEvent[]): boolean {
    this.writes++;
    this.kept = events.map(({ title }) => title);
    return this.works;
  }
}

describe('StreamFeed', () => {
  test('hands events on in order, none twice', async () => {
    const sink = new Sink();
    const feed = new StreamFeed(sink, nullLog, new Room());
    for (const title of ['a', 'b', 'c']) feed.add(edit(title));
    await feed.flush();
    expect(sink.batches.flat()).toEqual(['a', 'b', 'c']);
    expect(feed.waiting).toBe(0);
  });

  test('keeps events while the engine is away', async () => {
    const sink = new Sink();
    sink.ready = false;
    const feed = new StreamFeed(sink, nullLog, new Room());
    feed.add(edit('a'));
    await feed.flush();
    expect(feed.waiting).toBe(1);
    sink.ready = true;
    await feed.flush();
    expect(sink.batches).toEqual([['a']]);
  });

  test('keeps events when the engine dies over them, and sends them to the next', async () => {
    const sink = new Sink();
    const feed = new StreamFeed(sink, nullLog, new Room());
    sink.failure = new Error('gone');
    const append = sink.append.bind(sink);
    sink.append = (events) => {
      sink.ready = false;
      return append(events);
    };
    feed.add(edit('a'));
    await feed.flush();
    expect(feed.waiting).toBe(1);
    sink.append = append;
    sink.failure = undefined;
    sink.ready = true;
    await feed.flush();
    expect(sink.batches).toEqual([['a']]);
  });

  test('lets go of what a living engine refuses', async () => {
    const sink = new Sink();
    const warnings: string[] = [];
    sink.failure = new Error('a note of 900 tokens is too large');
    const feed = new StreamFeed(sink, { ...nullLog, warn: (message) => warnings.push(message) }, new Room());
    feed.add(edit('a'));
    await feed.flush();
    expect(feed.waiting).toBe(0);
    expect(warnings).toHaveLength(1);
  });

  test('keeps events while the disk is full, says so once each time, and sends them when there is room', async () => {
    vi.useFakeTimers();
    try {
      const sink = new Sink();
      const told: string[] = [];
      const full = new EngineError({ code: 'storageFailed', message: 'the disk is full', remedies: [] });
      const feed = new StreamFeed(sink, nullLog, new Room(), (reason) => told.push(reason));
      for (const round of [1, 2]) {
        sink.failure = full;
        feed.add(edit(`a${round}`));
        feed.add(edit(`b${round}`));
        await vi.advanceTimersByTimeAsync(12_000);
        expect(feed.waiting).toBe(2);
        expect(told).toHaveLength(round);
        sink.failure = undefined;
        await vi.advanceTimersByTimeAsync(5_000);
        expect(feed.waiting).toBe(0);
      }
      expect(sink.batches.flat()).toEqual(['a1', 'b1', 'a2', 'b2']);
      feed.dispose();
    } finally {
      vi.useRealTimers();
    }
  });

  test('tells which events a later one supersedes, by the ids that the engine gave them', async () => {
    const sink = new Sink();
    sink.ready = false;
    const feed = new StreamFeed(sink, nullLog, new Room());
    const [a, b] = [feed.add(edit('a')), feed.add(edit('b'))];
    feed.add(edit('c'), [b, a]);
    feed.add(edit('d'));
    sink.ready = true;
    await feed.flush();
    expect(sink.batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(sink.superseded).toEqual([undefined, undefined, [2, 1], undefined]);
  });

  test('says nothing of superseded events that the engine never took', async () => {
    const sink = new Sink();
    const feed = new StreamFeed(sink, nullLog, new Room());
    sink.failure = new Error('a note of 900 tokens is too large');
    const a = feed.add(edit('a'));
    await feed.flush();
    sink.failure = undefined;
    feed.add(edit('b'), [a]);
    await feed.flush();
    expect(sink.superseded).toEqual([undefined]);
  });

  test('drops the oldest when the engine stays away, and says so', async () => {
    const sink = new Sink();
    sink.ready = false;
    const warnings: string[] = [];
    const feed = new StreamFeed(sink, { ...nullLog, warn: (message) => warnings.push(message) }, new Room());
    for (let number = 0; number < 501; number++) feed.add(edit(String(number)));
    expect(feed.waiting).toBe(500);
    expect(warnings).toHaveLength(1);
    sink.ready = true;
    await feed.flush();
    expect(sink.batches.flat()[0]).toBe('1');
    expect(Math.max(...sink.batches.map((batch) => batch.length))).toBe(50);
  });

  describe('beyond the end of the window', () => {
    test('keeps what waits, until the engine has it', async () => {
      const sink = new Sink();
      const room = new Room();
      sink.ready = false;
      const feed = new StreamFeed(sink, nullLog, room);
      feed.add(edit('a'));
      expect(room.kept).toEqual(['a']);
      feed.add(edit('b'));
      expect(room.kept).toEqual(['a', 'b']);
      sink.ready = true;
      await feed.flush();
      expect(room.kept).toEqual([]);
    });

    test('writes nothing while the engine takes everything', async () => {
      const room = new Room();
      const feed = new StreamFeed(new Sink(), nullLog, room);
      feed.add(edit('a'));
      await feed.flush();
      expect(room.writes).toBe(0);
    });

    test('keeps what an engine died over', async () => {
      const sink = new Sink();
      const room = new Room();
      const feed = new StreamFeed(sink, nullLog, room);
      sink.append = () => {
        sink.ready = false;
        return Promise.reject(new Error('gone'));
      };
      feed.add(edit('a'));
      await feed.flush();
      expect(room.kept).toEqual(['a']);
    });

    test('keeps what an engine that ends in order no longer takes', async () => {
      const sink = new Sink();
      const room = new Room();
      const feed = new StreamFeed(sink, nullLog, room);
      const append = sink.append.bind(sink);
      sink.append = (events) => {
        sink.ready = false;
        return append(events);
      };
      const a = feed.add(edit('a'));
      feed.add(edit('b'), [a]);
      await feed.flush();
      expect(sink.batches).toEqual([['a']]);
      expect(room.kept).toEqual(['b']);
    });

    test('keeps no edit that a later one of those that wait has made worthless', () => {
      const sink = new Sink();
      const room = new Room();
      sink.ready = false;
      const feed = new StreamFeed(sink, nullLog, room);
      const a = feed.add(edit('a'));
      feed.add(edit('b'));
      feed.add(edit('c'), [a]);
      expect(room.kept).toEqual(['b', 'c']);
    });

    test('what comes while another window has the session waits as long as a reload may take, and is not told again', async () => {
      vi.useFakeTimers();
      try {
        const sink = new Sink();
        const room = new Room();
        sink.ready = false;
        const feed = new StreamFeed(sink, nullLog, room);
        feed.noteReadOnly();
        expect(feed.add(edit('a')).dropped).toBeUndefined();
        await vi.advanceTimersByTimeAsync(16_000);
        feed.noteReadOnly();
        expect(feed.add(edit('b')).dropped).toBe(true);
        expect(room.kept).toEqual(['a']);
        sink.ready = true;
        feed.takeOver();
        feed.add(edit('c'));
        await feed.flush();
        expect(sink.batches.flat()).toEqual(['a', 'c']);
      } finally {
        vi.useRealTimers();
      }
    });

    test('keeps what has no room on the disk of the journal', async () => {
      const sink = new Sink();
      const room = new Room();
      const feed = new StreamFeed(sink, nullLog, room);
      sink.failure = new EngineError({ code: 'storageFailed', message: 'the disk is full', remedies: [] });
      feed.add(edit('a'));
      await feed.flush();
      expect(room.kept).toEqual(['a']);
      feed.dispose();
    });

    test('takes over what earlier windows left, before its own, and lets them forget it once it is kept here', async () => {
      const sink = new Sink();
      const room = new Room([edit('a'), { ...edit('b'), supersedes: [4] }]);
      sink.ready = false;
      const feed = new StreamFeed(sink, nullLog, room);
      feed.add(edit('c'));
      expect(room.forgotten).toBe(false);
      sink.ready = true;
      feed.takeOver();
      expect(room.kept).toEqual(['a', 'b', 'c']);
      expect(room.forgotten).toBe(true);
      await feed.flush();
      expect(sink.batches.flat()).toEqual(['a', 'b', 'c']);
      expect(sink.superseded).toEqual([undefined, [4], undefined]);
      expect(room.kept).toEqual([]);
    });

    test('what cannot be kept here stays where it is', () => {
      const room = new Room([edit('a')]);
      room.works = false;
      const feed = new StreamFeed(new Sink(), nullLog, room);
      feed.takeOver();
      expect(room.forgotten).toBe(false);
      expect(feed.waiting).toBe(0);
      room.works = true;
      feed.takeOver();
      expect(room.forgotten).toBe(true);
      expect(feed.waiting).toBe(1);
    });
  });
});
