import { describe, expect, it } from 'vitest';
import { resolveFlashAttention } from '../../../inference/llama/flashAttention.js';

describe('flash attention', () => {
  it.each([
    ['auto', 32, true, false],
    ['auto', 64, true, 'auto'],
    ['auto', 128, true, 'auto'],
    ['auto', 32, false, 'auto'],
    // A recurrent model, or one whose heads differ.
    ['auto', 0, true, 'auto'],
    ['on', 32, true, true],
    ['off', 128, false, false],
  ] as const)('asked %s, keys of %i, on the processor %s: %s', (wish, keyLength, onProcessor, given) => {
    expect(resolveFlashAttention(wish, { keyLength, onProcessor })).toBe(given);
  });
});
