import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Journal } from '../../../inference/store/journal.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endless-journal-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const message = (text: string) => ({ kind: 'message' as const, title: text, text, at: 1 });

describe('Journal', () => {
  test('gives events ids that grow, and keeps them over a restart', () => {
    {
      using journal = new Journal(folder);
      expect(journal.add(message('one')).id).toBe(1);
      expect(journal.addAll([message('two'), message('three')]).map(({ id }) => id)).toEqual([2, 3]);
    }
    using journal = new Journal(folder);
    expect(journal.count).toBe(3);
    expect(journal.lastId).toBe(3);
    expect(journal.page(10).events.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  test('pages from the newest back, oldest first in each page', () => {
    using journal = new Journal(folder);
    journal.addAll(Array.from({ length: 150 }, (_, index) => message(String(index + 1))));
    const newest = journal.page(50);
    expect([newest.events[0]?.id, newest.events.at(-1)?.id, newest.more]).toEqual([101, 150, true]);
    const oldest = journal.page(100, 101);
    expect([oldest.events[0]?.id, oldest.events.at(-1)?.id, oldest.more]).toEqual([1, 100, false]);
    expect([...journal.newestFirst()].map(({ id }) => id)).toEqual(
      Array.from({ length: 150 }, (_, index) => 150 - index),
    );
  });

  test('a reply is readable while it is being written, and whole afterwards', () => {
    using journal = new Journal(folder);
    const { id } = journal.startReply({ title: 'reply', at: 1 });
    journal.addPiece(id, 'Hello, ');
    journal.addPiece(id, 'wörld');
    expect(journal.get(id)).toMatchObject({ text: 'Hello, wörld', state: 'streaming' });
    expect(journal.finishReply(id, 'complete')).toMatchObject({ text: 'Hello, wörld', state: 'complete' });
  });

  test('a reply that the end of the process cut off is marked, with all that was written', () => {
    {
      using journal = new Journal(folder);
      const { id } = journal.startReply({ title: 'reply', at: 1 });
      journal.addPiece(id, 'half a sent');
    }
    using journal = new Journal(folder);
    expect(journal.finishInterrupted()).toEqual([1]);
    expect(journal.get(1)).toMatchObject({ text: 'half a sent', state: 'interrupted' });
    expect(journal.finishInterrupted()).toEqual([]);
  });

  test('keeps any text as it is', () => {
    using journal = new Journal(folder);
    for (const text of [
      '\u0000nul',
      "'; DROP TABLE event; --",
      '🦄\r\n\t',
      'x'.repeat(1_000_000),
      '\u202Eright to left',
    ])
      expect(journal.get(journal.add(message(text)).id)?.text).toBe(text);
  });

  test('says what to do when the file is no journal', () => {
    writeFileSync(
      join(folder, 'journal.db'),
      'this is not a database, but it is long enough to be looked at '.repeat(50),
    );
    expect(() => new Journal(folder)).toThrow(
      expect.objectContaining({ code: 'storageFailed', message: expect.stringMatching(/is damaged/) as string }),
    );
  });

  test('is searched by any part of a text, in any case, newest first', () => {
    using journal = new Journal(folder);
    journal.addAll(['Where is retryBudget?', 'nothing', 'the RETRYBUDGET is here', '100 % "quoted" a_b'].map(message));
    expect(journal.search('budget', 10)).toEqual({ ids: [3, 1], more: false });
    expect(journal.search('budget', 1)).toEqual({ ids: [3], more: true });
    expect(journal.search('"quoted"', 10).ids).toEqual([4]);
    expect(journal.search('0 %', 10).ids).toEqual([4]);
    expect(journal.search('_', 10).ids).toEqual([4]);
    expect(journal.search('Wh', 10).ids).toEqual([1]);
    expect(journal.search('budget OR nothing', 10).ids).toEqual([]);
    expect(journal.search('', 10).ids).toEqual([]);
  });

  test('finds a reply once it is complete', () => {
    using journal = new Journal(folder);
    const { id } = journal.startReply({ title: 'reply', at: 1 });
    journal.addPiece(id, 'tomatoes');
    expect(journal.search('tomato', 10).ids).toEqual([]);
    journal.finishReply(id, 'complete');
    expect(journal.search('tomato', 10).ids).toEqual([id]);
  });

  test('that was written before there was a search is indexed when it is opened', () => {
    {
      using journal = new Journal(folder);
      journal.add(message('an old tomato'));
    }
    const database = new DatabaseSync(join(folder, 'journal.db'));
    database.exec(
      'DROP TRIGGER event_added; DROP TRIGGER event_finished; DROP TABLE event_text; PRAGMA user_version = 1',
    );
    database.close();
    using journal = new Journal(folder);
    expect(journal.search('tomato', 10).ids).toEqual([1]);
  });

  test('knows the first event at or after a moment', () => {
    using journal = new Journal(folder);
    expect(journal.eventAt(5)).toBeUndefined();
    journal.addAll([10, 20, 30].map((at) => ({ ...message('x'), at })));
    expect([0, 15, 30, 99].map((at) => journal.eventAt(at))).toEqual([1, 2, 3, 3]);
  });
});
