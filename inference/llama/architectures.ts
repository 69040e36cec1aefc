import * as l10n from '@vscode/l10n';

/**
 * What llama.cpp's sources say about its architectures (v0.4.0, the release inside node-llama-cpp 3.21.1). Only what
 * differs from an ordinary decoder is listed; the probe looks at everything else.
 */

/** llm_arch_is_recurrent (llama-arch.cpp): nothing but state. */
export const RECURRENT: readonly string[] = ['mamba', 'mamba2', 'rwkv6', 'rwkv6qwen2', 'rwkv7', 'arwkv7'];

/** llm_arch_is_hybrid (llama-arch.cpp): state in some layers, attention in others. */
export const HYBRID: readonly string[] = [
  'jamba',
  'falcon-h1',
  'plamo2',
  'granitehybrid',
  'lfm2',
  'lfm2moe',
  'nemotron_h',
  'nemotron_h_moe',
  'qwen3next',
  'kimi-linear',
  'bailingmoe3',
  'kimi-k3',
  'qwen35',
  'qwen35moe',
  'qwen4exp',
  'deepseek4',
  'minimax-01',
];

/** llama_model_rope_type (llama-model.cpp): M-RoPE or IM-RoPE, whatever the header says. */
export const MULTI_ROPE: readonly string[] = [
  'qwen2vl',
  'paddleocr',
  'qwen3vl',
  'qwen3vlmoe',
  'qwen35',
  'qwen35moe',
  'qwen4exp',
  'qwen3tts',
];

/** The same function: M-RoPE where the header has sections (llama_hparams::use_mrope). */
export const MULTI_ROPE_BY_SECTIONS: readonly string[] = ['glm4', 'glm4moe', 'hunyuan_vl', 'dflash'];

/** llama_kv_cache::get_can_shift and llama_kv_cache_dsv4::get_can_shift return false; a forced shift aborts. */
export const UNSHIFTABLE: readonly string[] = ['step35', 'deepseek4'];

/** Positions are learned and added to the embedding, so a key keeps the position that it was made at. */
export const LEARNED_POSITIONS: readonly string[] = ['gpt2', 'starcoder'];

/**
 * Some layers have no rotary positions (`use_rope` in src/models), but llama_kv_cache::build_graph_shift asks only
 * llama_hparams::has_rope, which these do not set: it rotates the keys of those layers as well, and wrecks them.
 */
export const PARTLY_ROTARY: readonly string[] = [
  'smollm3',
  'llama4',
  'smallthinker',
  'afmoe',
  'cohere2',
  'cohere2moe',
  'exaone4',
  'exaone-moe',
  'muse-glimmer',
];

/** What cannot write text by itself, and why (llama_model::create_memory, llama_init_from_model). */
export const NOT_FOR_CHAT: ReadonlyMap<string, () => string> = new Map([
  ...[
    'bert',
    'modern-bert',
    'nomic-bert',
    'nomic-bert-moe',
    'neo-bert',
    'jina-bert-v2',
    'jina-bert-v3',
    'eurobert',
    'gemma-embedding',
    'llama-embed',
    't5encoder',
  ].map((architecture) => [architecture, () => l10n.t('it makes embeddings and cannot write text')] as const),
  ...['dream', 'llada', 'llada-moe', 'rnd1'].map(
    (architecture) =>
      [architecture, () => l10n.t('it writes by diffusion, and has no cache that could stream')] as const,
  ),
  ...['eagle3', 'dflash', 'gemma4-assistant'].map(
    (architecture) => [architecture, () => l10n.t('it is the draft of another model and cannot run alone')] as const,
  ),
  ...['wavtokenizer-dec', 'pockettts', 'qwen3tts'].map(
    (architecture) => [architecture, () => l10n.t('it makes sound, not text')] as const,
  ),
  ['clip', () => l10n.t('it is the image part of another model (mmproj): choose the file of the model itself')],
  ['t5', () => l10n.t('it reads and writes with two separate parts, and a stream needs one')],
]);
