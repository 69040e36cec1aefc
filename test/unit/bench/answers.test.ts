import { expect, test } from 'vitest';
import { answerable, byDistance, byKind, gone, isHonest, shareOf } from '../../../bench/benchmarks/answers/judge.js';
import type { Asked } from '../../../bench/benchmarks/answers/run.js';
import { ShownEvents } from '../../../bench/benchmarks/answers/shown.js';
import { root } from '../../../bench/root.js';
import { readHeldoutSessions } from '../../../bench/text/heldoutSessions.js';
import { readTrainingPackages } from '../../../bench/text/trainingSplit.js';

const asked = (changes: Partial<Asked>): Asked => ({
  asks: 'value',
  tokens: 40,
  inWindow: true,
  again: false,
  question: 'What is the value of a?',
  wanted: 'The value of a is 1.',
  reply: 'The value of a is 1.',
  right: true,
  honest: false,
  evicted: 0,
  ...changes,
});

test('a reply is honest when it says that it cannot see what is asked about', () => {
  expect(isHonest('I cannot see total in my window.')).toBe(true);
  expect(isHonest('The value of total is 3.')).toBe(false);
  expect(isHonest('You said: I cannot see total.')).toBe(false);
});

test('the answer stands in the last event that holds the fact', () => {
  const shown = new ShownEvents();
  shown.add(1, 'a.ts\n+const total = 3;', 10);
  shown.add(2, 'b.ts\nsaved', 30);
  shown.add(3, 'a.ts\n-const total = 3;\n+const total = 4;', 40);
  expect(shown.lastWith('total')?.event).toBe(3);
  expect(shown.lastWith('b.ts')).toMatchObject({ event: 2, at: 30 });
  expect(shown.lastWith('3', 'total')?.event).toBe(3);
  expect(shown.lastWith('saved', 'total')).toBeUndefined();
  expect(shown.lastWith('c.ts')).toBeUndefined();
});

test('something is mentioned only while an event that speaks of it is in the window', () => {
  const shown = new ShownEvents();
  shown.add(1, 'a.ts\n+const total = 3;', 10);
  shown.add(2, 'b.ts\nsaved', 30);
  expect(shown.isMentioned('total', new Set([1, 2]))).toBe(true);
  expect(shown.isMentioned('total', new Set([2]))).toBe(false);
});

test('answers are counted within the window by distance and by kind, and apart from it when they have left', () => {
  const all = [
    asked({}),
    asked({ tokens: 100, right: false }),
    asked({ tokens: 999, asks: 'where' }),
    asked({ tokens: 700, inWindow: false, right: false }),
    asked({ tokens: 4000, inWindow: false, again: true, right: false, honest: true }),
    asked({ asks: 'talk', inWindow: false }),
  ];
  expect(byDistance(all).map(({ from, share }) => [from, share.right, share.asked])).toEqual([
    [0, 1, 1],
    [100, 0, 1],
    [250, 0, 0],
    [500, 1, 1],
  ]);
  expect(byKind(answerable(all)).map(({ asks, share }) => [asks, share.right, share.asked])).toEqual([
    ['value', 1, 2],
    ['where', 1, 1],
  ]);
  expect(shareOf(gone(all))).toEqual({ right: 0, honest: 1, asked: 1 });
});

test('the sessions are of packages that were held out, and ask for what they have shown', async () => {
  const [sessions, trained] = await Promise.all([readHeldoutSessions(root), readTrainingPackages(root)]);
  expect(sessions.length).toBeGreaterThan(100);
  for (const session of sessions) {
    expect(trained.has(session.package), session.package).toBe(false);
    let before = '';
    for (const event of session.events) {
      if (event.kind === 'question' && event.fact !== undefined) expect(before).toContain(event.fact);
      before += `${event.text}\n${event.kind === 'question' ? event.answer : ''}\n`;
    }
  }
});
