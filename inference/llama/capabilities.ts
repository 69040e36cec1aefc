import type { GgufFacts } from './ggufFacts.js';

/** What the cache of a model allows. */
export interface Capabilities {
  /** Tokens can leave from the middle and the later ones can be shifted down (llama_memory_seq_add). */
  readonly shift: boolean;
  /** Tokens can be taken back from the tail: what a branch needs. */
  readonly rollBack: boolean;
  /** Why something is not possible, for the person to read. */
  readonly reason?: string;
  /** The model needs the full-size cache for its sliding attention layers. */
  readonly fullSlidingCache: boolean;
}

/** State-space and hybrid architectures: their recurrent state can neither forget the middle nor be rolled back. */
const RECURRENT = [
  'mamba',
  'mamba2',
  'rwkv6',
  'rwkv6qwen2',
  'rwkv7',
  'arwkv7',
  'jamba',
  'falcon-h1',
  'granitehybrid',
  'nemotron_h',
  'nemotron_h_moe',
  'plamo2',
  'plamo3',
  'lfm2',
  'lfm2moe',
  'qwen3next',
  'qwen35',
  'qwen35moe',
  'kimi-linear',
  'minimax-01',
];

/** Three or four positions for each token; llama_memory_seq_add asserts there and ends the process. */
const MULTI_ROPE = ['qwen2vl', 'qwen3vl', 'qwen3vlmoe', 'glm4v', 'glm4vmoe', 'qwen4exp', 'paddleocr'];

/** The cache says of itself that it cannot shift. */
const UNSHIFTABLE = ['step35', 'deepseek4', 'gpt2', 'starcoder', 'bert', 't5'];

/**
 * Decides from the header what is safe to ask of llama.cpp, which aborts rather than throws (llama-kv-cache.cpp,
 * get_can_shift; llama-memory-hybrid.cpp).
 */
export function capabilitiesOf(facts: GgufFacts): Capabilities {
  const { architecture } = facts;
  const no = (reason: string, rollBack: boolean): Capabilities => ({
    shift: false,
    rollBack,
    reason,
    fullSlidingCache: facts.slidingWindow > 0,
  });
  if (RECURRENT.includes(architecture))
    return no(`${architecture} keeps a recurrent state, which cannot forget a part of what it read`, false);
  if (MULTI_ROPE.includes(architecture) || facts.ropeSections > 1)
    return no(`${architecture} gives several positions to each token (M-RoPE), which llama.cpp cannot shift`, true);
  if (UNSHIFTABLE.includes(architecture)) return no(`llama.cpp cannot shift the cache of ${architecture}`, true);
  if (Math.abs(facts.attentionFactor - 1) > 1e-6)
    return no('its rotary scaling (YaRN or LongRoPE) would distort the cache a little more at every shift', true);
  return { shift: true, rollBack: true, fullSlidingCache: facts.slidingWindow > 0 };
}
