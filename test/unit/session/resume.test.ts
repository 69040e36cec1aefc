import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Vocabulary } from '../../../inference/llama/vocabulary.js';
import { ENDLESS } from '../../../inference/session/framing.js';
import { Renderer } from '../../../inference/session/renderer.js';
import { chooseReplay, lastMark, lastReset } from '../../../inference/session/resume.js';
import { Journal } from '../../../inference/store/journal.js';
import type { EventKind } from '../../../inference/views.js';

let folder: string;
let journal: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endless-resume-'));
  journal = new Journal(folder);
});

afterEach(() => {
  journal[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** One token a character, and one for each marker: an event costs its text and two. */
const vocabulary = {
  encode: (text: string) => Array.from(text, () => 0),
  encodeMarkers: () => [1],
} as unknown as Vocabulary;
const renderer = new Renderer(vocabulary, ENDLESS);

const add = (...kinds: EventKind[]): void => {
  for (const kind of kinds) journal.add({ kind, title: '', text: '12345678', at: 0 });
};

const replayed = (recent: number, pinned = 1000, waiting: readonly number[] = []): number[][] => {
  const replay = chooseReplay(journal, renderer, { pinned, recent, waiting: new Set(waiting) });
  return [replay.pinned.map(({ id }) => id), replay.recent.map(({ id }) => id)];
};

describe('chooseReplay', () => {
  test('takes the newest events that fit, oldest first, and no older one in place of one that does not', () => {
    add('edit', 'message', 'reply', 'edit');
    expect(replayed(1000)).toEqual([[], [1, 2, 3, 4]]);
    expect(replayed(29)).toEqual([[], [3, 4]]);
  });

  test('goes back to the last reset that counts, and brings memories back however old', () => {
    add('memory', 'edit', 'reset', 'edit');
    expect(replayed(1000)).toEqual([[1], [4]]);
    add('undoReset', 'edit');
    expect(replayed(1000)).toEqual([[1], [2, 4, 6]]);
    add('reset', 'edit');
    expect(replayed(1000)).toEqual([[1], [8]]);
  });

  test('what was unpinned comes back as an event like any other, or not at all', () => {
    add('memory', 'memory', 'edit');
    journal.add({ kind: 'unpin', title: '', text: '1', at: 0 });
    expect(journal.memories().map(({ id }) => id)).toEqual([2]);
    expect(replayed(1000)).toEqual([[2], [1, 3]]);
    expect(replayed(15)).toEqual([[2], [3]]);
  });

  test('leaves out what a later edit made worthless, after a restart too', () => {
    add('edit', 'edit');
    journal.addAll([{ kind: 'edit', title: '', text: '12345678', at: 0, supersedes: [1, 2] }]);
    journal[Symbol.dispose]();
    journal = new Journal(folder);
    expect([1, 2, 3].map((id) => journal.isSuperseded(id))).toEqual([true, true, false]);
    expect(replayed(1000)).toEqual([[], [3]]);
    expect(replayed(15)).toEqual([[], [3]]);
  });

  test('leaves out what comes into the window by itself, notes too', () => {
    add('memory', 'edit', 'edit', 'memory', 'edit');
    expect(replayed(1000, 1000, [3, 4])).toEqual([[1], [2, 5]]);
  });

  test('pins no more than the budget, which a smaller window makes smaller', () => {
    add('memory', 'memory', 'memory', 'edit');
    expect(replayed(1000, 25)).toEqual([[2, 3], [4]]);
    expect(replayed(1000, 5)).toEqual([[], [4]]);
  });
});

test('an undone reset does not count, however they are nested', () => {
  expect([lastReset(journal), lastMark(journal)]).toEqual([0, 0]);
  add('edit', 'reset', 'reset');
  expect([lastReset(journal), lastMark(journal)]).toEqual([3, 3]);
  add('undoReset');
  expect([lastReset(journal), lastMark(journal)]).toEqual([2, 4]);
  add('undoReset');
  expect([lastReset(journal), lastMark(journal)]).toEqual([0, 5]);
});

test('what a start looks for in the journal is found by an index, not by reading every event there ever was', () => {
  using database = new DatabaseSync(join(folder, 'journal.db'));
  const plan = (sql: string): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row['detail']))
      .join('\n');
  for (const sql of [
    "SELECT id, kind FROM event WHERE kind IN ('reset', 'undoReset') ORDER BY id DESC",
    "SELECT * FROM event WHERE kind = 'memory' ORDER BY id DESC",
    "SELECT id FROM event WHERE state = 'streaming' ORDER BY id",
  ])
    expect(plan(sql)).toMatch(/USING (COVERING )?INDEX event_(kind|streaming)/);
});
