import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { messageOf, storageFailed } from '../errors.js';
import type { EventId, EventKind, EventState, EventView, Mark } from '../views.js';

export interface NewEvent {
  readonly kind: EventKind;
  readonly title: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Earlier events that this one makes worthless. */
  readonly supersedes?: readonly EventId[];
}

/** The marks that decide which part of the journal the window is made of. */
export type Reset = Exclude<Mark, 'unpin'>;

const SCHEMA_VERSION = 2;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS event (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind  TEXT NOT NULL,
  title TEXT NOT NULL,
  text  TEXT NOT NULL,
  at    INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
-- What a reply that is being written has so far, a row for each piece: nothing is rewritten while it streams.
CREATE TABLE IF NOT EXISTS piece (
  id    INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event(id),
  text  TEXT NOT NULL
) STRICT;
-- What a later event made worthless.
CREATE TABLE IF NOT EXISTS superseded (event INTEGER PRIMARY KEY REFERENCES event(id)) STRICT;
-- A start looks for these few among all that there ever were; what it costs must not grow with the session.
CREATE INDEX IF NOT EXISTS event_kind ON event (kind, id);
CREATE INDEX IF NOT EXISTS event_streaming ON event (id) WHERE state = 'streaming';
-- For the search: an index of every three characters, so that any part of a name is found. It holds no second copy.
CREATE VIRTUAL TABLE IF NOT EXISTS event_text USING fts5(text, content='event', content_rowid='id', tokenize='trigram');
CREATE TRIGGER IF NOT EXISTS event_added AFTER INSERT ON event BEGIN
  INSERT INTO event_text (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER IF NOT EXISTS event_finished AFTER UPDATE OF text ON event BEGIN
  INSERT INTO event_text (event_text, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO event_text (rowid, text) VALUES (new.id, new.text);
END;
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Versions before this one had no search. */
const SEARCH_SINCE = 2;

/** Characters that the index of the search needs; for less, the texts themselves are read. */
const LEAST_INDEXED = 3;

/**
 * The durable record of the stream: an append-only table of events (SQLite, WAL). An event is here before the model
 * sees it; a reply is here piece by piece as it is written, so that the end of the process loses nothing.
 */
export class Journal implements Disposable {
  readonly #database: DatabaseSync;
  readonly #path: string;
  #synchronous: 'FULL' | 'NORMAL' | undefined;
  readonly #insert: StatementSync;
  readonly #insertPiece: StatementSync;
  readonly #finish: StatementSync;
  readonly #pieces: StatementSync;
  readonly #dropPieces: StatementSync;
  readonly #before: StatementSync;
  readonly #byId: StatementSync;

  /** @throws EngineError `storageFailed`. */
  constructor(folder: string, options: { readonly readOnly?: boolean } = {}) {
    this.#path = join(folder, 'journal.db');
    const readOnly = options.readOnly ?? false;
    try {
      if (!readOnly) mkdirSync(folder, { recursive: true });
      this.#database = new DatabaseSync(this.#path, { readOnly, timeout: 2000 });
      if (!readOnly) {
        this.#database.exec('PRAGMA journal_mode = WAL');
        const version = Number(this.#database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
        this.#database.exec(SCHEMA);
        if (version < SEARCH_SINCE) this.#database.exec("INSERT INTO event_text (event_text) VALUES ('rebuild')");
      }
      const sql = this.#database;
      this.#insert = sql.prepare('INSERT INTO event (kind, title, text, at, state) VALUES (?, ?, ?, ?, ?)');
      this.#insertPiece = sql.prepare('INSERT INTO piece (event, text) VALUES (?, ?)');
      this.#finish = sql.prepare('UPDATE event SET text = ?, state = ? WHERE id = ?');
      this.#pieces = sql.prepare('SELECT text FROM piece WHERE event = ? ORDER BY id');
      this.#dropPieces = sql.prepare('DELETE FROM piece WHERE event = ?');
      this.#before = sql.prepare('SELECT * FROM event WHERE id < ? ORDER BY id DESC LIMIT ?');
      this.#byId = sql.prepare('SELECT * FROM event WHERE id = ?');
    } catch (error) {
      throw storageFailed(this.#path, messageOf(error));
    }
  }

  /** Adds a finished event; it is on the disk when this returns. */
  add(event: Omit<NewEvent, 'supersedes'>): EventView {
    return this.#add(event, 'complete');
  }

  /** Adds several, all or none; one wait for the disk. */
  addAll(events: readonly NewEvent[]): EventView[] {
    return this.#transaction(() => events.map((event) => this.#insertEvent(event, 'complete')));
  }

  /** Adds a reply that is about to be written. */
  startReply(event: Omit<NewEvent, 'kind' | 'text' | 'supersedes'>): EventView {
    return this.#add({ ...event, kind: 'reply', text: '' }, 'streaming');
  }

  /**
   * Adds to the reply that is being written. It survives the end of the process at once, and a power cut from the next
   * `add` or `finishReply` on: a sync to the disk for every token would be felt.
   */
  addPiece(event: EventId, text: string): void {
    this.#write('NORMAL', () => this.#insertPiece.run(event, text));
  }

  finishReply(event: EventId, state: Exclude<EventState, 'streaming'>): EventView {
    this.#transaction(() => {
      this.#finish.run(this.#pieceText(event), state, event);
      this.#dropPieces.run(event);
    });
    return this.get(event) ?? unknownEvent(event);
  }

  /** Marks replies that the end of the last process cut off as interrupted, with all the text that they had. */
  finishInterrupted(): EventId[] {
    const rows = this.#database.prepare("SELECT id FROM event WHERE state = 'streaming' ORDER BY id").all();
    const ids = rows.map((row) => Number(row['id']));
    for (const id of ids) this.finishReply(id, 'interrupted');
    return ids;
  }

  /** Resets and their undoings, newest first. */
  marks(): { readonly id: EventId; readonly kind: Reset }[] {
    return this.#database
      .prepare("SELECT id, kind FROM event WHERE kind IN ('reset', 'undoReset') ORDER BY id DESC")
      .all()
      .map((row) => ({ id: Number(row['id']), kind: row['kind'] as Reset }));
  }

  /** What is pinned, newest first. */
  memories(): EventView[] {
    const gone = this.#database.prepare("SELECT text FROM event WHERE kind = 'unpin'").all();
    const unpinned = new Set(gone.map((row) => Number(row['text'])));
    const rows = this.#database.prepare("SELECT * FROM event WHERE kind = 'memory' ORDER BY id DESC").all();
    return rows.map((row) => this.#toEvent(row)).filter(({ id }) => !unpinned.has(id));
  }

  isSuperseded(id: EventId): boolean {
    return this.#database.prepare('SELECT 1 FROM superseded WHERE event = ?').get(id) !== undefined;
  }

  get(id: EventId): EventView | undefined {
    const row = this.#byId.get(id);
    return row === undefined ? undefined : this.#toEvent(row);
  }

  /** The newest events older than `before` (all, when absent), oldest first. */
  page(
    limit: number,
    before: EventId = Number.MAX_SAFE_INTEGER,
  ): { readonly events: EventView[]; readonly more: boolean } {
    const rows = this.#before.all(before, limit + 1);
    return {
      events: rows
        .slice(0, limit)
        .reverse()
        .map((row) => this.#toEvent(row)),
      more: rows.length > limit,
    };
  }

  /** Newest first, without end: the caller stops when it has enough. */
  *newestFirst(): Generator<EventView> {
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const { events, more } = this.page(64, before);
      yield* events.reverse();
      const oldest = events.at(-1);
      if (!more || oldest === undefined) return;
      before = oldest.id;
    }
  }

  /** The newest events whose text holds `text`, in any case, newest first. A reply counts once it is complete. */
  search(text: string, limit: number): { readonly ids: EventId[]; readonly more: boolean } {
    if (text === '') return { ids: [], more: false };
    const indexed = text.length >= LEAST_INDEXED;
    const sql = indexed
      ? 'SELECT rowid AS id FROM event_text WHERE event_text MATCH ? ORDER BY rowid DESC LIMIT ?'
      : "SELECT id FROM event WHERE text LIKE ? ESCAPE '!' ORDER BY id DESC LIMIT ?";
    const pattern = indexed ? `"${text.replace(/"/g, '""')}"` : `%${text.replace(/[!%_]/g, '!$&')}%`;
    const ids = this.#database
      .prepare(sql)
      .all(pattern, limit + 1)
      .map((row) => Number(row['id']));
    return { ids: ids.slice(0, limit), more: ids.length > limit };
  }

  /** The first event at or after a moment (milliseconds since 1970), else the last one; undefined in an empty journal. */
  eventAt(at: number): EventId | undefined {
    const row = this.#database.prepare('SELECT id FROM event WHERE at >= ? ORDER BY id LIMIT 1').get(at);
    return row === undefined ? this.lastId || undefined : Number(row['id']);
  }

  /** 0 when the journal is empty. */
  get lastId(): EventId {
    return Number(this.#database.prepare('SELECT MAX(id) AS id FROM event').get()?.['id'] ?? 0);
  }

  get count(): number {
    return Number(this.#database.prepare('SELECT COUNT(*) AS n FROM event').get()?.['n'] ?? 0);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #add(event: NewEvent, state: EventState): EventView {
    return this.#write('FULL', () => this.#insertEvent(event, state));
  }

  #insertEvent({ supersedes = [], ...event }: NewEvent, state: EventState): EventView {
    const { lastInsertRowid } = this.#insert.run(event.kind, event.title, event.text, event.at, state);
    for (const earlier of supersedes)
      this.#database.prepare('INSERT OR IGNORE INTO superseded SELECT id FROM event WHERE id = ?').run(earlier);
    return { ...event, id: Number(lastInsertRowid), state };
  }

  #transaction<T>(action: () => T): T {
    return this.#write('FULL', () => {
      this.#database.exec('BEGIN');
      try {
        const result = action();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has done so itself where the COMMIT failed. The reason of that is what the person should read.
    }
  }

  /** FULL: synced to the disk before it returns. NORMAL: in the operating system's hands. */
  #write<T>(synchronous: 'FULL' | 'NORMAL', action: () => T): T {
    try {
      if (this.#synchronous !== synchronous) this.#database.exec(`PRAGMA synchronous = ${synchronous}`);
      this.#synchronous = synchronous;
      return action();
    } catch (error) {
      throw storageFailed(this.#path, messageOf(error));
    }
  }

  #pieceText(event: EventId): string {
    return this.#pieces
      .all(event)
      .map((row) => String(row['text']))
      .join('');
  }

  #toEvent(row: Record<string, unknown>): EventView {
    const id = Number(row['id']);
    const state = row['state'] as EventState;
    return {
      id,
      kind: row['kind'] as EventKind,
      title: String(row['title']),
      text: state === 'streaming' ? this.#pieceText(id) : String(row['text']),
      at: Number(row['at']),
      state,
    };
  }
}

function unknownEvent(id: EventId): never {
  throw new Error(`There is no event ${id} in the journal`);
}
