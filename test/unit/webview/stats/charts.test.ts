import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apart,
  evictionTimes,
  linePath,
  runsAbove,
  sampleAt,
  stackedAreas,
} from '../../../../webview-ui/stats/charts/paths.js';
import { beyondScale } from '../../../../webview-ui/stats/charts/outliers.js';
import {
  roundTop,
  timeAt,
  usualReach,
  valueTicks,
  xOf,
  yOf,
  type Frame,
} from '../../../../webview-ui/stats/charts/scale.js';
import { tableMoments } from '../../../../webview-ui/stats/charts/series.js';
import { axisStart, timeTicks } from '../../../../webview-ui/stats/charts/timeAxis.js';

/** A pixel is a millisecond and a unit of value. */
const FRAME: Frame = { from: 0, to: 100, top: 50, width: 100, height: 50 };
const MINUTE = 60_000;

describe('scales', () => {
  it('put time from left to right and values from bottom to top, and keep both inside', () => {
    expect([-5, 0, 25, 100, 200].map((at) => xOf(FRAME, at))).toEqual([0, 0, 25, 100, 100]);
    expect([0, 10, 50, 80].map((value) => yOf(FRAME, value))).toEqual([50, 40, 0, 0]);
  });

  it('find the moment under a pixel', () => {
    expect([-10, 40, 500].map((x) => timeAt(FRAME, x))).toEqual([0, 40, 100]);
  });

  it('count values in round steps', () => {
    expect(valueTicks(2048, 4)).toEqual([0, 1000, 2000]);
    expect(valueTicks(1, 4)).toEqual([0, 0.5, 1]);
    expect(valueTicks(0.3, 4)).toEqual([0, 0.1, 0.2, 0.3]);
    expect([0, 0.13, 4, 41.7, 999].map((highest) => roundTop(highest, 4))).toEqual([1, 0.15, 4, 60, 1000]);
  });

  it('keep the shape of the usual values when a few lie far above them', () => {
    const usual = [24, 31, 58, 23, 32, 58, 25, 30, 58];
    expect(usualReach(usual)).toBe(58);
    expect(usualReach([...usual, 3012, 3012, 3012])).toBe(58);
    expect(usualReach([24, 31, 3012])).toBe(31);
    expect(usualReach([3012, 3012, 3012])).toBe(3012);
    expect([usualReach([]), usualReach([0, 0]), usualReach([0, 0, 7])]).toEqual([0, 0, 7]);
  });

  it('hold every value where none is far from the others', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 10, max: 40, noNaN: true }), { minLength: 1 }), (values) => {
        expect(usualReach(values)).toBe(Math.max(...values));
      }),
    );
  });

  it('never have more steps than asked for, and reach above what they hold', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 10 }), (highest, most) => {
        const top = roundTop(highest, most);
        expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        const ticks = valueTicks(top, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.at(-1)).toBeCloseTo(top, 9);
      }),
    );
  });

  it('count time as people do, on the clock of the wall', () => {
    const from = Date.UTC(2025, 0, 1, 10, 0, 20);
    const ticks = timeTicks(from, from + 5 * MINUTE, 400, 0);
    expect(ticks.map(({ at }) => new Date(at).toISOString().slice(11, 19))).toEqual([
      '10:01:00',
      '10:02:00',
      '10:03:00',
      '10:04:00',
      '10:05:00',
    ]);
    // Half an hour beside UTC, hours begin at half past.
    const hours = timeTicks(from, from + 240 * MINUTE, 400, 330);
    expect(hours.map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '10:30',
      '11:30',
      '12:30',
      '13:30',
    ]);
  });

  it('begin with the history, a minute ago at the latest and five minutes ago at the earliest', () => {
    const now = 60 * MINUTE;
    const starts = (range: 'recent' | 'all') =>
      [0.5, 3, 30].map((ago) => (now - axisStart({ range, since: now - ago * MINUTE }, now)) / MINUTE);
    expect(starts('recent')).toEqual([1, 3, 5]);
    expect(starts('all')).toEqual([1, 3, 30]);
  });

  it('never crowd the time axis', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60_000, max: 60 * 86_400_000 }),
        fc.integer({ min: 220, max: 1200 }),
        (length, width) => {
          const from = Date.UTC(2025, 5, 5);
          const places = timeTicks(from, from + length, width, 60).map(({ at }) => ((at - from) / length) * width);
          for (const [index, place] of places.entries())
            expect(place - (places[index - 1] ?? -72)).toBeGreaterThanOrEqual(72);
        },
      ),
    );
  });
});

describe('stackedAreas', () => {
  const heights = ({ layers }: { readonly layers: readonly number[] }): readonly number[] => layers;

  it('draws each layer on the ones below, in steps, until the end of the axis', () => {
    const moments = [
      { at: 20, layers: [10, 5] },
      { at: 60, layers: [10, 20] },
    ];
    expect(stackedAreas(FRAME, moments, heights)).toEqual([
      'M20 40H60V40H100V50H60V50H20Z',
      'M20 35H60V20H100V40H60V40H20Z',
    ]);
  });

  it('lets what was so before the axis begin at its left edge, and skips what is never there', () => {
    expect(stackedAreas(FRAME, [{ at: -30, layers: [0, 25] }], heights)).toEqual(['', 'M0 25H100V50H0Z']);
    expect(stackedAreas(FRAME, [], heights)).toEqual([]);
  });
});

describe('linePath', () => {
  it('joins values, and holds the last one if it is still so', () => {
    const points = [
      { at: 0, value: 10 },
      { at: 40, value: 20 },
    ];
    expect(linePath(FRAME, points, { hold: false })).toBe('M0 40L40 30');
    expect(linePath(FRAME, points, { hold: true })).toBe('M0 40L40 30H100');
  });

  it('breaks where there is no value or a pause, and draws a lone value as a short dash', () => {
    const points = [
      { at: 0, value: 10 },
      { at: 10, value: undefined },
      { at: 20, value: 10 },
      { at: 30, value: 20 },
      { at: 80, value: 20 },
    ];
    expect(linePath(FRAME, points, { hold: false, gap: 20 })).toBe('M0 40h2M20 40L30 30M80 30h2');
  });
});

describe('beyondScale', () => {
  const lines = [
    { name: 'median', points: [{ at: 0, value: 24 }] },
    { name: 'worst', points: [60, 3012, undefined].map((value, at) => ({ at, value })) },
  ];

  it('says how far a line goes above the scale', () => {
    expect(beyondScale(lines, 60, String)).toBe('worst: up to 3012, above the scale');
  });

  it('says nothing when all is on the scale', () => {
    expect(beyondScale(lines, 4000, String)).toBe('');
  });
});

describe('looking things up', () => {
  it('finds what was so at a moment', () => {
    const samples = [{ at: 10 }, { at: 20 }];
    expect([5, 10, 19, 99].map((at) => sampleAt(samples, at)?.at)).toEqual([undefined, 10, 10, 20]);
  });

  it('finds the evictions, and takes an engine that counts anew for none', () => {
    const samples = [5, 5, 9, 0, 3].map((evicted, at) => ({ at, evicted }));
    expect(evictionTimes(samples)).toEqual([2, 4]);
  });

  it('finds where values leave the scale, once for as long as they stay above it', () => {
    const points = [10, 60, 70, undefined, 60, 50, 80].map((value, at) => ({ at, value }));
    expect(runsAbove(points, 50)).toEqual([1, 4, 6]);
  });

  it('thins marks that are too close to be told apart', () => {
    expect(apart([0, 1, 4, 5, 9, 20], 5)).toEqual([0, 5, 20]);
  });

  it('spreads the rows of a table evenly, the newest first', () => {
    const moments = tableMoments(0, 100);
    expect([moments[0], moments[1], moments.at(-1), moments.length]).toEqual([100, 90, 10, 10]);
  });
});
