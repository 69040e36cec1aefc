import { expect, test } from 'vitest';
import { excludedGlobs } from '../../../../extension/panel/excludedGlobs.js';

test('the globs that are on; none that is off, has a condition or alternatives of its own', () => {
  const setting = {
    '**/node_modules': true,
    '**/*.js': { when: '$(basename).ts' },
    '**/tmp': false,
    '**/*.{map,min.js}': true,
    'a,b': true,
    dist: true,
  };
  expect(excludedGlobs(setting)).toEqual(['**/node_modules', 'dist']);
  expect(excludedGlobs({})).toEqual([]);
});
