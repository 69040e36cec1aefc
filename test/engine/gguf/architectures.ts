/**
 * Tiny models of random weights, one for each way in which llama.cpp's caches differ. Keys and tensors as
 * `load_arch_hparams` and `load_arch_tensors` of llama.cpp's src/models/*.cpp want them.
 */
import {
  EMBEDDING,
  EXPERTS,
  FEED_FORWARD,
  HEAD,
  HEADS,
  KV_HEADS,
  ModelBuilder,
  SHARPNESS,
  TRAINED_CONTEXT,
} from './modelBuilder.js';
import { f32, i32s, string, u32, type GgufSpec } from './writer.js';

/** Tokens of the sliding window of the models that have one: less than the probe and the tests stream. */
const SLIDING_WINDOW = 64;

function plain(architecture: string, options: { bias?: boolean; norms?: boolean; layers?: number } = {}): ModelBuilder {
  const model = new ModelBuilder(architecture, { layers: options.layers ?? 2 }).attentionHeads().norm('output_norm');
  return model.eachLayer((at) =>
    model.norm(`${at}.attn_norm`).attention(at, options).norm(`${at}.ffn_norm`).feedForward(at),
  );
}

const yarn = (model: ModelBuilder): ModelBuilder =>
  model
    .set('rope.scaling.type', string('yarn'))
    .set('rope.scaling.factor', f32(4))
    .set('rope.scaling.original_context_length', u32(TRAINED_CONTEXT / 4));

/** Gemma 3: every second layer sees a sliding window only; norms on both sides. */
function gemma3(): ModelBuilder {
  const model = plain('gemma3', { norms: true })
    .headLengths()
    .set('attention.sliding_window', u32(SLIDING_WINDOW))
    .set('attention.sliding_window_pattern', u32(2));
  return model.eachLayer((at) => model.norm(`${at}.post_attention_norm`).norm(`${at}.post_ffw_norm`));
}

/** gpt-oss: a sliding window in every second layer, learned sink logits, experts with biases. */
function gptOss(): ModelBuilder {
  const model = new ModelBuilder('gpt-oss', { layers: 2 })
    .attentionHeads()
    .headLengths()
    .set('attention.sliding_window', u32(SLIDING_WINDOW))
    .expertCounts()
    .norm('output_norm');
  return model.eachLayer((at) => {
    model
      .norm(`${at}.attn_norm`)
      .norm(`${at}.post_attention_norm`)
      .attention(at, { bias: true })
      .constant(`${at}.attn_output.bias`, [EMBEDDING], 0)
      .constant(`${at}.attn_sinks.weight`, [HEADS], 1)
      .experts(at)
      .constant(`${at}.ffn_gate_inp.bias`, [EXPERTS], 0)
      .constant(`${at}.ffn_gate_exps.bias`, [FEED_FORWARD, EXPERTS], 0)
      .constant(`${at}.ffn_up_exps.bias`, [FEED_FORWARD, EXPERTS], 0)
      .constant(`${at}.ffn_down_exps.bias`, [EMBEDDING, EXPERTS], 0);
  });
}

/** LFM2: short convolutions with a state, and attention where the layer has key heads. */
function lfm2(): ModelBuilder {
  const kernel = 3;
  const keyHeads = [0, KV_HEADS, 0, KV_HEADS];
  const model = new ModelBuilder('lfm2', { layers: keyHeads.length })
    .attentionHeads()
    .set('attention.head_count_kv', i32s(keyHeads))
    .set('shortconv.l_cache', u32(kernel))
    .norm('token_embd_norm');
  return model.eachLayer((at, layer) => {
    model.norm(`${at}.attn_norm`).norm(`${at}.ffn_norm`).feedForward(at);
    if (keyHeads[layer] === 0)
      model
        .noise(`${at}.shortconv.conv.weight`, [kernel, EMBEDDING], 0.5)
        .weight(`${at}.shortconv.in_proj.weight`, [EMBEDDING, 3 * EMBEDDING])
        .weight(`${at}.shortconv.out_proj.weight`, [EMBEDDING, EMBEDDING]);
    else model.attention(at, { norms: true });
  });
}

/** Qwen3-Next: gated delta nets, full attention with a gate in every second layer, experts. */
function qwen3next(): ModelBuilder {
  const state = 32;
  const keyHeads = 2;
  const valueHeads = 4;
  const kernel = 4;
  const keys = state * keyHeads;
  const values = state * valueHeads;
  const model = new ModelBuilder('qwen3next', { layers: 2 })
    .attentionHeads()
    .headLengths()
    .set('full_attention_interval', u32(2))
    .set('ssm.conv_kernel', u32(kernel))
    .set('ssm.inner_size', u32(values))
    .set('ssm.state_size', u32(state))
    .set('ssm.time_step_rank', u32(valueHeads))
    .set('ssm.group_count', u32(keyHeads))
    .expertCounts()
    .set('expert_shared_feed_forward_length', u32(FEED_FORWARD))
    .norm('output_norm');
  return model.eachLayer((at, layer) => {
    model.norm(`${at}.attn_norm`).norm(`${at}.post_attention_norm`);
    if (layer % 2 === 1)
      model
        .weight(`${at}.attn_q.weight`, [EMBEDDING, 2 * EMBEDDING])
        .weight(`${at}.attn_k.weight`, [EMBEDDING, HEAD * KV_HEADS])
        .weight(`${at}.attn_v.weight`, [EMBEDDING, HEAD * KV_HEADS])
        .weight(`${at}.attn_output.weight`, [EMBEDDING, EMBEDDING])
        .constant(`${at}.attn_q_norm.weight`, [HEAD], 2)
        .constant(`${at}.attn_k_norm.weight`, [HEAD], 1);
    else
      model
        .weight(`${at}.attn_qkv.weight`, [EMBEDDING, 2 * keys + values])
        .weight(`${at}.attn_gate.weight`, [EMBEDDING, values])
        .noise(`${at}.ssm_conv1d.weight`, [kernel, 2 * keys + values], 0.5)
        .constant(`${at}.ssm_dt.bias`, [valueHeads], 0)
        .constant(`${at}.ssm_a`, [valueHeads], -0.5)
        .weight(`${at}.ssm_ba.weight`, [EMBEDDING, 2 * valueHeads])
        .constant(`${at}.ssm_norm.weight`, [state], 1)
        .weight(`${at}.ssm_out.weight`, [values, EMBEDDING]);
    model
      .experts(at)
      .noise(`${at}.ffn_gate_inp_shexp.weight`, [EMBEDDING], 0.1)
      .weight(`${at}.ffn_gate_shexp.weight`, [EMBEDDING, FEED_FORWARD])
      .weight(`${at}.ffn_up_shexp.weight`, [EMBEDDING, FEED_FORWARD])
      .weight(`${at}.ffn_down_shexp.weight`, [FEED_FORWARD, EMBEDDING]);
  });
}

/** Mamba: nothing but state. */
function mamba(): ModelBuilder {
  const inner = 2 * EMBEDDING;
  const kernel = 4;
  const state = 16;
  const rank = 8;
  const model = new ModelBuilder('mamba', { layers: 2 })
    .set('attention.head_count', u32(0))
    .set('feed_forward_length', u32(0))
    .set('ssm.conv_kernel', u32(kernel))
    .set('ssm.inner_size', u32(inner))
    .set('ssm.state_size', u32(state))
    .set('ssm.time_step_rank', u32(rank))
    .norm('output_norm');
  return model.eachLayer((at) => {
    model
      .norm(`${at}.attn_norm`)
      .weight(`${at}.ssm_in.weight`, [EMBEDDING, 2 * inner])
      .noise(`${at}.ssm_conv1d.weight`, [kernel, inner], 0.5)
      .constant(`${at}.ssm_conv1d.bias`, [inner], 0)
      .weight(`${at}.ssm_x.weight`, [inner, rank + 2 * state])
      .weight(`${at}.ssm_dt.weight`, [rank, inner])
      .constant(`${at}.ssm_dt.bias`, [inner], -1)
      .constant(`${at}.ssm_a`, [state, inner], -1)
      .constant(`${at}.ssm_d`, [inner], 1)
      .weight(`${at}.ssm_out.weight`, [inner, EMBEDDING]);
  });
}

/** Qwen2-VL: four positions for each token (M-RoPE). */
const qwen2vl = (): ModelBuilder =>
  plain('qwen2vl', { bias: true }).set(
    'rope.dimension_sections',
    i32s([HEAD / 8, (3 * HEAD) / 16, (3 * HEAD) / 16, 0]),
  );

/** Phi-3 with LongRoPE: factors for each frequency, and an attention factor that stands in the header. */
function phi3(): ModelBuilder {
  const model = new ModelBuilder('phi3', { layers: 2 })
    .attentionHeads()
    .set('rope.scaling.attn_factor', f32(1.19))
    .set('rope.scaling.original_context_length', u32(TRAINED_CONTEXT / 4))
    .constant('rope_factors_long.weight', [HEAD / 2], 4)
    .constant('rope_factors_short.weight', [HEAD / 2], 1)
    .norm('output_norm');
  return model.eachLayer((at) => {
    model
      .norm(`${at}.attn_norm`)
      .weight(`${at}.attn_qkv.weight`, [EMBEDDING, EMBEDDING + 2 * HEAD * KV_HEADS], 1.5)
      .weight(`${at}.attn_output.weight`, [EMBEDDING, EMBEDDING])
      .norm(`${at}.ffn_norm`)
      .weight(`${at}.ffn_up.weight`, [EMBEDDING, 2 * FEED_FORWARD])
      .weight(`${at}.ffn_down.weight`, [FEED_FORWARD, EMBEDDING]);
  });
}

/** StarCoder2: layer norms and biases everywhere, no gate in the feed-forward. */
function starcoder2(): ModelBuilder {
  const model = new ModelBuilder('starcoder2', { layers: 2 })
    .attentionHeads()
    .set('attention.layer_norm_epsilon', f32(1e-5))
    .norm('output_norm')
    .constant('output_norm.bias', [EMBEDDING], 0);
  return model.eachLayer((at) => {
    model
      .norm(`${at}.attn_norm`)
      .constant(`${at}.attn_norm.bias`, [EMBEDDING], 0)
      .attention(at, { bias: true })
      .constant(`${at}.attn_output.bias`, [EMBEDDING], 0)
      .norm(`${at}.ffn_norm`)
      .constant(`${at}.ffn_norm.bias`, [EMBEDDING], 0)
      .weight(`${at}.ffn_up.weight`, [EMBEDDING, FEED_FORWARD])
      .noise(`${at}.ffn_up.bias`, [FEED_FORWARD], 0.1)
      .weight(`${at}.ffn_down.weight`, [FEED_FORWARD, EMBEDDING])
      .constant(`${at}.ffn_down.bias`, [EMBEDDING], 0);
  });
}

/** DeepSeek-V2: what the cache holds of a token is compressed, and only a part of it is rotated (MLA). */
function deepseek2(): ModelBuilder {
  const rank = 64;
  const rotated = 16;
  const plainPart = HEAD;
  const model = new ModelBuilder('deepseek2', { layers: 2 })
    .attentionHeads()
    .set('attention.head_count_kv', u32(1))
    .set('rope.dimension_count', u32(rotated))
    .set('attention.q_lora_rank', u32(rank))
    .set('attention.kv_lora_rank', u32(rank))
    .set('attention.key_length', u32(rank + rotated))
    .set('attention.value_length', u32(rank))
    .set('attention.key_length_mla', u32(plainPart + rotated))
    .set('attention.value_length_mla', u32(HEAD))
    .set('leading_dense_block_count', u32(2))
    .set('expert_shared_count', u32(1))
    .set('expert_feed_forward_length', u32(FEED_FORWARD))
    .norm('output_norm');
  return model.eachLayer((at) => {
    model
      .norm(`${at}.attn_norm`)
      .weight(`${at}.attn_q_a.weight`, [EMBEDDING, rank])
      .constant(`${at}.attn_q_a_norm.weight`, [rank], 1)
      .weight(`${at}.attn_q_b.weight`, [rank, HEADS * (plainPart + rotated)], SHARPNESS)
      .weight(`${at}.attn_kv_a_mqa.weight`, [EMBEDDING, rank + rotated], SHARPNESS)
      .constant(`${at}.attn_kv_a_norm.weight`, [rank], 1)
      // In full precision: in half, or quantised, llama.cpp gives matrices of three dimensions to AMX where the processor
      // has it, which then cannot multiply them ("cur_backend_id != -1"), and ends the process.
      .noise(`${at}.attn_k_b.weight`, [plainPart, rank, HEADS], 1 / Math.sqrt(plainPart))
      .noise(`${at}.attn_v_b.weight`, [rank, HEAD, HEADS], 1 / Math.sqrt(rank))
      .weight(`${at}.attn_output.weight`, [HEADS * HEAD, EMBEDDING])
      .norm(`${at}.ffn_norm`)
      .feedForward(at);
  });
}

/** By the name under which the tests speak of them. */
export const TINY_MODELS = {
  llama: () => plain('llama'),
  qwen2: () => plain('qwen2', { bias: true }),
  qwen3: () => plain('qwen3', { norms: true }),
  starcoder2,
  deepseek2,
  gemma3,
  'gpt-oss': gptOss,
  /** Every fourth layer has no rotary positions at all, and K-shift rotates it all the same. */
  smollm3: () => plain('smollm3', { layers: 4 }),
  'llama with YaRN': () => yarn(plain('llama')),
  phi3,
  qwen2vl,
  lfm2,
  qwen3next,
  mamba,
} satisfies Record<string, () => ModelBuilder>;

export type TinyModel = keyof typeof TINY_MODELS;

export const tinyModel = (name: TinyModel): GgufSpec => TINY_MODELS[name]().spec;

/** Keys of 64 numbers, which llama.cpp can keep in 8 bits: one head instead of two. */
export const longKeys = (): GgufSpec =>
  plain('llama')
    .set('attention.head_count', u32(HEADS / 2))
    .set('attention.head_count_kv', u32(KV_HEADS / 2))
    .set('rope.dimension_count', u32(2 * HEAD)).spec;
