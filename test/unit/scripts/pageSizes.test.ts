import { describe, expect, it } from 'vitest';
import { checkPageSizes } from '../../../scripts/package/pageSizes.mjs';

const built = (bytes: Readonly<Record<string, number>>) => [
  { outputs: Object.fromEntries(Object.entries(bytes).map(([file, size]) => [file, { bytes: size }])) },
];

describe('the pages', () => {
  it('are weighed together, whatever else was built', () => {
    const sizes = { 'dist/panel.js': 300_400, 'dist/stats.js': 140_000, 'dist/panel.css': 90_000 };
    expect(checkPageSizes(built(sizes))).toBe('panel.js 300 kB, stats.js 140 kB');
  });

  it('are no package when they are too large', () => {
    const sizes = { 'dist/panel.js': 400_000, 'dist/stats.js': 140_000 };
    expect(() => checkPageSizes(built(sizes))).toThrow(
      'The pages are too large: panel.js 400 kB, stats.js 140 kB, and 500 kB is the limit for all together.',
    );
  });
});
