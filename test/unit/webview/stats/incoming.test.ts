import { describe, expect, it } from 'vitest';
import { parseToStats } from '../../../../webview-ui/stats/incoming.js';
import type { ToStats } from '../../../../webview-ui/stats/messages.js';
import { CRASH } from '../samples.js';
import { sample, statsOf } from './sampleStats.js';

const { window, facts, ...bare } = statsOf({ engine: { phase: 'failed', error: CRASH } });

const MESSAGES: readonly ToStats[] = [
  { type: 'tick', now: 5 },
  { type: 'stats', stats: statsOf() },
  { type: 'stats', stats: bare },
  {
    type: 'stats',
    stats: statsOf({
      history: {
        range: 'all',
        since: 0,
        samples: [
          sample(1, {
            surprisal: 1.5,
            baseline: 1.4,
            tokensPerSecond: 20,
            latency: { median: 1, p95: 2, worst: 3 },
          }),
        ],
      },
    }),
  },
];

describe('parseToStats', () => {
  it.each(MESSAGES)('lets %j pass unchanged', (message) => {
    expect(parseToStats(structuredClone(message))).toEqual(message);
  });

  it.each([
    undefined,
    'stats',
    { type: 'window', window },
    { type: 'tick', now: '5' },
    { type: 'stats', stats: { ...statsOf(), facts: { ...facts, block: -1 } } },
    { type: 'stats', stats: statsOf({ history: { range: 'all', since: 0, samples: [sample(1, { evicted: -1 })] } }) },
    {
      type: 'stats',
      stats: { ...statsOf(), history: { range: 'all', since: 0, samples: [{ at: 1, tokens: { x: 1 }, evicted: 0 }] } },
    },
  ])('drops %j', (data) => {
    expect(parseToStats(data)).toBeUndefined();
  });
});
