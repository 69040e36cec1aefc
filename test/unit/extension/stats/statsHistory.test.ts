import { describe, expect, test } from 'vitest';
import { StatsHistory } from '../../../../extension/stats/statsHistory.js';
import { span, windowOf } from '../../webview/samples.js';

const SECOND = 1000;
const HOUR = 3_600_000;
const speed = (tokensPerSecond: number) => ({ speed: { tokensPerSecond, timeToFirstToken: 1 } });

describe('StatsHistory', () => {
  test('adds up the tokens of each kind, the empty spans left out', () => {
    const history = new StatsHistory();
    const spans = [span(1, 0, 10, { kind: 'edit' }), span(2, 10, 5, { kind: 'edit' }), span(3, 15, 0)];
    history.record(windowOf(spans, { health: { state: 'good', surprisal: 2, baseline: 1.5 } }), 5 * SECOND);
    expect(history.view('recent', 6 * SECOND)).toEqual({
      range: 'recent',
      since: 5 * SECOND,
      samples: [
        expect.objectContaining({ at: 5 * SECOND, tokens: { edit: 15 }, evicted: 2100, surprisal: 2, baseline: 1.5 }),
      ],
    });
  });

  test('has no surprisal before something was read, and no baseline before it means anything', () => {
    const history = new StatsHistory();
    history.record(windowOf([], { health: { state: 'unknown', surprisal: 0, baseline: 0 } }), 1);
    history.record(windowOf([], { health: { state: 'unknown', surprisal: 3, baseline: 2 } }), 2 * SECOND);
    const [first, second] = history.view('recent', 3 * SECOND).samples;
    expect(first).not.toHaveProperty('surprisal');
    expect(second).toMatchObject({ surprisal: 3 });
    expect(second).not.toHaveProperty('baseline');
  });

  test('has a speed only for the moments in which something was generated', () => {
    const history = new StatsHistory();
    [0, 20, 21, 21].forEach((rate, index) => history.record(windowOf([], speed(rate)), index * 2 * SECOND));
    const rates = history.view('recent', 10 * SECOND).samples.map(({ tokensPerSecond }) => tokensPerSecond);
    expect(rates).toEqual([undefined, 20, 21, undefined]);
  });

  test('shows of the recent past what fell into it, and how it was at its beginning', () => {
    const history = new StatsHistory();
    for (const at of [0, 10, 500, 505]) history.record(windowOf([]), at * SECOND);
    const { since, samples } = history.view('recent', 600 * SECOND);
    expect(since).toBe(0);
    expect(samples.map(({ at }) => at / SECOND)).toEqual([10, 500, 505]);
  });

  test('shows of a quiet time how it still is', () => {
    const history = new StatsHistory();
    history.record(windowOf([]), 0);
    expect(history.view('recent', HOUR).samples.map(({ at }) => at)).toEqual([0]);
  });

  test('reaches back to the beginning of a long day in bounded room', () => {
    const history = new StatsHistory();
    for (let at = 0; at <= 8 * HOUR; at += SECOND) history.record(windowOf([]), at);
    const { since, samples } = history.view('all', 8 * HOUR);
    expect(samples.length).toBeLessThanOrEqual(400);
    expect(samples.length).toBeGreaterThan(150);
    expect(since).toBeLessThan(5 * 60 * SECOND);
    expect(samples[0]?.at).toBe(since);
    expect(samples.at(-1)?.at).toBe(8 * HOUR);
  });

  test('begins now while there is nothing', () => {
    expect(new StatsHistory().view('all', HOUR)).toEqual({ range: 'all', since: HOUR, samples: [] });
  });
});
