import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Timeline, type Moment } from '../../../../extension/stats/timeline.js';

interface Reading extends Moment {
  readonly value?: number;
  readonly note?: string;
}

const times = (timeline: Timeline<Reading>): number[] => timeline.moments.map(({ at }) => at);

describe('Timeline', () => {
  test('makes one of the moments of an interval: the newest, with what only the earlier ones said', () => {
    const timeline = new Timeline<Reading>({ interval: 10, capacity: 5, whenFull: 'forget' });
    timeline.add({ at: 1, value: 1, note: 'a' });
    timeline.add({ at: 9, value: 2 });
    timeline.add({ at: 10, value: 3 });
    expect(timeline.moments).toEqual([
      { at: 9, value: 2, note: 'a' },
      { at: 10, value: 3 },
    ]);
  });

  test('forgets the oldest when it is full', () => {
    const timeline = new Timeline<Reading>({ interval: 10, capacity: 3, whenFull: 'forget' });
    for (const at of [0, 10, 20, 30, 40]) timeline.add({ at });
    expect(times(timeline)).toEqual([20, 30, 40]);
  });

  test('or thins all that it has, evenly, and goes on more coarsely', () => {
    const timeline = new Timeline<Reading>({ interval: 10, capacity: 4, whenFull: 'thin' });
    for (const at of [0, 10, 20, 30, 40]) timeline.add({ at });
    expect(times(timeline)).toEqual([10, 30, 40]);
    for (const at of [50, 60]) timeline.add({ at });
    expect(times(timeline)).toEqual([10, 30, 50, 60]);
  });

  test('never takes more room than it was given, and never loses the newest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 300 }),
        fc.constantFrom('forget' as const, 'thin' as const),
        fc.integer({ min: 2, max: 20 }),
        (steps, whenFull, capacity) => {
          const timeline = new Timeline<Reading>({ interval: 50, capacity, whenFull });
          let at = 0;
          for (const step of steps) timeline.add({ at: (at += step) });
          expect(timeline.moments.length).toBeLessThanOrEqual(capacity);
          expect(timeline.moments.at(-1)?.at).toBe(at);
          expect(times(timeline)).toEqual(times(timeline).toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
