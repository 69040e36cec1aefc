import { describe, expect, test } from 'vitest';
import { parseFromStats } from '../../../../extension/stats/fromStats.js';

describe('parseFromStats', () => {
  test.each([
    { type: 'show', range: 'recent' },
    { type: 'show', range: 'all' },
    { type: 'copy', text: '## Report' },
    { type: 'remedy', remedy: 'showLog' },
  ])('takes %o', (message) => {
    expect(parseFromStats(message)).toEqual(message);
  });

  test.each([
    undefined,
    'show',
    { type: 'show' },
    { type: 'show', range: 'everything' },
    { type: 'copy', text: 'x'.repeat(100_001) },
    { type: 'remedy', remedy: 'deleteEverything' },
    { type: 'ask', text: 'x' },
  ])('refuses %o', (message) => {
    expect(parseFromStats(message)).toBeUndefined();
  });
});
