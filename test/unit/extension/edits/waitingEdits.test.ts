import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingEvent } from '../../../../inference/protocol.js';
import { nullLog } from '../../../../extension/base/log.js';
import { WaitingEdits } from '../../../../extension/edits/waitingEdits.js';

const edit = (title: string): IncomingEvent => ({ kind: 'edit', title, text: `text of ${title}` });

describe('WaitingEdits', () => {
  let folder: string;
  let warnings: string[];
  const room = (now: number, at = folder): WaitingEdits =>
    new WaitingEdits(at, { ...nullLog, warn: (message) => warnings.push(message) }, now);
  const files = (): string[] => readdirSync(folder).sort();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'endless-waiting-'));
    warnings = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const host = spawnSync(process.execPath, ['--version']).pid;

  /** The file of a host that has ended. */
  const ended = (begun: number, content: string): string => {
    const name = `waiting-edits.${host}.${begun}.json`;
    writeFileSync(path.join(folder, name), content);
    return name;
  };

  test('writes nothing while nothing waits', () => {
    expect(room(1).write([])).toBe(true);
    expect(files()).toEqual([]);
  });

  test('keeps what waits now, and no more of it when nothing does', () => {
    const own = room(1);
    const events = [edit('a'), { ...edit('b'), supersedes: [3] }];
    expect(own.write(events)).toBe(true);
    expect(files()).toEqual([`waiting-edits.${process.pid}.1.json`]);
    expect(JSON.parse(readFileSync(path.join(folder, files()[0] ?? ''), 'utf8'))).toEqual(events);
    expect(own.write([edit('b')])).toBe(true);
    expect(readFileSync(path.join(folder, files()[0] ?? ''), 'utf8')).not.toContain('text of a');
    expect(own.write([])).toBe(true);
    expect(files()).toEqual([]);
  });

  test('makes the folder of a session that has none yet', () => {
    const deep = path.join(folder, 'of', 'this', 'workspace');
    expect(room(1, deep).leftBehind().events).toEqual([]);
    expect(room(1, deep).write([edit('a')])).toBe(true);
    expect(room(2, deep).leftBehind().events).toEqual([edit('a')]);
    expect(warnings).toEqual([]);
  });

  test('finds what ended hosts have left, the oldest first, and keeps their files until it is told to forget', () => {
    const events = [{ ...edit('c'), supersedes: [7, 8] }];
    ended(20, JSON.stringify(events));
    ended(3, JSON.stringify([edit('a'), edit('b')]));
    const left = room(30).leftBehind();
    expect(left.events).toEqual([edit('a'), edit('b'), ...events]);
    expect(files()).toHaveLength(2);
    left.forget();
    expect(files()).toEqual([]);
  });

  test('an earlier host with the same process id has ended; what is its own is not left behind', () => {
    room(1).write([edit('earlier')]);
    const own = room(2);
    own.write([edit('own')]);
    const left = own.leftBehind();
    expect(left.events).toEqual([edit('earlier')]);
    left.forget();
    expect(files()).toEqual([`waiting-edits.${process.pid}.2.json`]);
  });

  test('leaves alone what belongs to a host that lives, and files of other names', () => {
    const others = [`waiting-edits.${process.ppid}.5.json`, 'waiting-edits.json', 'journal.db'];
    for (const name of others) writeFileSync(path.join(folder, name), JSON.stringify([edit('theirs')]));
    const left = room(9).leftBehind();
    left.forget();
    expect(left.events).toEqual([]);
    expect(files()).toEqual(others.sort());
  });

  test.each([
    ['what a power cut left', '[{"kind":"edit","ti'],
    ['something else', '{"kind":"edit"}'],
    ['an event without a text', '[{"kind":"edit","title":"a"}]'],
    ['a kind that nobody sends', '[{"kind":"reply","title":"a","text":""}]'],
    ['numbers that are no events', '[{"kind":"edit","title":"a","text":"","supersedes":["1"]}]'],
  ])('sets %s aside, says so, and reads the others', (_, content) => {
    const damaged = ended(1, content);
    ended(2, JSON.stringify([edit('a')]));
    const left = room(9).leftBehind();
    left.forget();
    expect(left.events).toEqual([edit('a')]);
    expect(files()).toEqual([`${damaged}.damaged`]);
    expect(readFileSync(path.join(folder, `${damaged}.damaged`), 'utf8')).toBe(content);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${damaged}.damaged`);
  });

  test('says when it cannot write', () => {
    const file = path.join(folder, 'no-folder');
    writeFileSync(file, '');
    const blocked = room(1, path.join(file, 'session'));
    for (let time = 0; time < 3; time++) expect(blocked.write([edit('a')])).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/in memory alone: .*(ENOTDIR|EEXIST)/)]);
  });

  test('removes what an ended host had half written, and no list of edits that is whole', () => {
    const whole = ended(1, JSON.stringify([edit('a')]));
    writeFileSync(path.join(folder, `${whole}.new`), '[{"kind"');
    expect(room(9).leftBehind().events).toEqual([edit('a')]);
    expect(files()).toEqual([whole]);
  });
});
