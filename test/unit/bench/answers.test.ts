import { expect, test } from 'vitest';
import { compareRecomputed, type Measured } from '../../../bench/benchmarks/answers.js';
import {
  answerable,
  byDistance,
  byFiles,
  byKind,
  gone,
  isHonest,
  leaving,
  shareOf,
  tooLate,
} from '../../../bench/benchmarks/answers/judge.js';
import { Mentions } from '../../../bench/benchmarks/answers/mentions.js';
import type { Asked } from '../../../bench/benchmarks/answers/run.js';
import { root } from '../../../bench/root.js';
import { readHeldoutSessions } from '../../../bench/text/heldoutSessions.js';
import { readTrainingPackages } from '../../../bench/text/trainingSplit.js';

const asked = (changes: Partial<Asked>): Asked => ({
  session: 0,
  asks: 'value',
  files: 1,
  tokens: 40,
  inWindow: true,
  leftMeanwhile: false,
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
  expect(isHonest('I cannot see total in my window.', 'total')).toBe(true);
  expect(isHonest('I cannot see an edit in my window.', '')).toBe(true);
  expect(isHonest('I cannot see count in my window.', 'total')).toBe(false);
  expect(isHonest('The value of total is 3.', 'total')).toBe(false);
  expect(isHonest('You said: I cannot see total.', 'total')).toBe(false);
});

test('something is mentioned only while an event that speaks of it is in the window, and not by a part of a word', () => {
  const mentions = new Mentions();
  mentions.add(1, 'a.ts\n+const total$ = 3;');
  mentions.add(2, 'src/b.ts\n-export const subtotal = 1;');
  expect(mentions.has('total$', new Set([1, 2]))).toBe(true);
  expect(mentions.has('total$', new Set([2]))).toBe(false);
  expect(mentions.has('total', new Set([1, 2]))).toBe(false);
  expect(mentions.has('port', new Set([2]))).toBe(false);
  expect(mentions.has('src/b.ts', new Set([2]))).toBe(true);
  expect(mentions.has('src/bXts', new Set([2]))).toBe(false);
});

test('answers are counted within the window by distance and by kind, and apart from it when they have left', () => {
  const all = [
    asked({}),
    asked({ tokens: 100, right: false }),
    asked({ tokens: 999, asks: 'where' }),
    asked({ tokens: 700, inWindow: false, right: false }),
    asked({ tokens: 950, inWindow: false, leftMeanwhile: true, right: false }),
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
  expect(shareOf(tooLate(all))).toEqual({ right: 0, honest: 0, asked: 1 });
  expect(shareOf(leaving(all))).toEqual({ right: 0, honest: 0, asked: 1 });
  expect(shareOf(gone(all))).toEqual({ right: 0, honest: 1, asked: 1 });
});

test('where a name is, is counted by how many files the session had shown', () => {
  const all = [
    asked({ asks: 'where', files: 2, right: false }),
    asked({ asks: 'where', files: 2 }),
    asked({ asks: 'where', files: 1 }),
    asked({ asks: 'where', files: 1, inWindow: false }),
    asked({ files: 3 }),
  ];
  expect(byFiles(all).map(({ files, share }) => [files, share.right, share.asked])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
  ]);
});

test('the shifted cache is compared with re-computation on the same sessions, over 500 tokens back', () => {
  const measured = (name: string, right: number, others: readonly Asked[]): Measured => ({
    arm: { name, model: 'm.gguf', policy: 'sink', capacity: 1024, reserve: 16, sessions: 24 },
    name,
    asked: [...Array.from({ length: 10 }, (_, at) => asked({ tokens: 600, right: at < right })), ...others],
  });
  const recomputed = measured('sink model, cache 1024, re-computation', 9, [asked({ tokens: 400, right: false })]);
  const [worse] = compareRecomputed([measured('sink', 6, [asked({ session: 24, tokens: 600 })]), recomputed]);
  expect(worse).toMatchObject({ here: '60.0 % of 10, 90.0 % of 10' });
  expect(worse?.remark).toContain('with the shifted cache');
  expect(compareRecomputed([measured('sink', 9, []), recomputed])[0]?.remark).toBeUndefined();
  expect(compareRecomputed([measured('sink', 9, [])])).toEqual([]);
});

test('the sessions are of packages that were held out, and ask for what they have shown', async () => {
  const [sessions, trained] = await Promise.all([readHeldoutSessions(root), readTrainingPackages(root)]);
  expect(sessions.length).toBeGreaterThan(100);
  for (const session of sessions) {
    expect(trained.has(session.package), session.package).toBe(false);
    for (const [at, event] of session.events.entries()) {
      if (event.kind !== 'question' || event.holder === undefined) continue;
      const { subject = '' } = event;
      expect(event.holder).toBeLessThan(at);
      expect(session.events[event.holder]?.text).toContain(subject);
      expect(event.text).toContain(subject);
    }
  }
});
