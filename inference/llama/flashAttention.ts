import type { GgufFacts } from './ggufFacts.js';

/** As the setting `endless.flashAttention` names it. */
export type FlashAttentionWish = 'auto' | 'on' | 'off';

/** Numbers in a key below which llama.cpp's flash attention on the processor loses to attention in steps. */
const SHORT_KEY = 64;

/**
 * What node-llama-cpp's `flashAttention` is given.
 *
 * On the processor, ggml computes flash attention for fewer than 64 tokens at once head by head, in dot products as long
 * as a key: with keys of 32 numbers a generated token took 4 times as long as without it, with keys of 64 or 128 as long
 * (`ggml_compute_forward_flash_attn_ext`).
 */
export function resolveFlashAttention(
  wish: FlashAttentionWish,
  { keyLength, onProcessor }: Pick<GgufFacts, 'keyLength'> & { readonly onProcessor: boolean },
): 'auto' | boolean {
  if (wish !== 'auto') return wish === 'on';
  return onProcessor && keyLength > 0 && keyLength < SHORT_KEY ? false : 'auto';
}
