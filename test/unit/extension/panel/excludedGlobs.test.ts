import { expect, test } from 'vitest';
import { excludedGlobs } from '../../../../extension/panel/excludedGlobs.js';

test('the globs that are on, once each; none that is off or has a condition', () => {
  const files = { '**/.git': true, '**/*.js': { when: '$(basename).ts' }, '**/tmp': false };
  const search = { '**/node_modules': true, '**/.git': true };
  expect(excludedGlobs([files, search])).toEqual(['**/.git', '**/node_modules']);
  expect(excludedGlobs([{}, {}])).toEqual([]);
});
