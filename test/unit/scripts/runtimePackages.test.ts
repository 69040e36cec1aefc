import { describe, expect, it } from 'vitest';
import { packagesOf } from '../../../scripts/package/runtimePackages.mjs';

describe('packagesOf', () => {
  it('names the innermost package of each file once, and leaves out our own files', () => {
    expect(
      packagesOf([
        'inference/main.ts',
        'node_modules/chalk/source/index.js',
        'node_modules/chalk/source/utilities.js',
        'node_modules/@huggingface/jinja/dist/index.js',
        'node_modules/ora/node_modules/string-width/index.js',
      ]),
    ).toEqual(['node_modules/@huggingface/jinja', 'node_modules/chalk', 'node_modules/ora/node_modules/string-width']);
  });
});
