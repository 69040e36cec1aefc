/** Puts a tiny model of random weights together: metadata under its architecture, tensors with sensible sizes. */
import { byteVocabulary, VOCABULARY_SIZE } from './byteVocabulary.js';
import { Random } from './random.js';
import { f32, string, u32, type GgufSpec, type MetadataValue, type TensorSpec } from './writer.js';

export const EMBEDDING = 128;
export const HEADS = 4;
export const KV_HEADS = 2;
export const HEAD = EMBEDDING / HEADS;
export const FEED_FORWARD = 128;
export const EXPERTS = 4;
export const TRAINED_CONTEXT = 1024;

/**
 * How much larger than usual queries, keys and the output are. With the usual size a random model is as good as blind:
 * its attention is even and its distribution flat, and a broken cache would not show.
 */
export const SHARPNESS = 2;
const OUTPUT_SHARPNESS = 4;

export class ModelBuilder {
  readonly #architecture: string;
  readonly #metadata = new Map<string, MetadataValue>();
  readonly #tensors: TensorSpec[] = [];
  readonly #random: Random;
  readonly layers: number;

  constructor(architecture: string, options: { readonly layers: number; readonly seed?: number }) {
    this.#architecture = architecture;
    this.layers = options.layers;
    this.#random = new Random(options.seed ?? 7);
    this.#metadata.set('general.architecture', string(architecture));
    // Not the architecture's: llama-vocab.cpp looks for tokens by the names of some models (phi-3).
    this.#metadata.set('general.name', string('Tiny model'));
    this.set('context_length', u32(TRAINED_CONTEXT));
    this.set('embedding_length', u32(EMBEDDING));
    this.set('block_count', u32(options.layers));
    this.set('feed_forward_length', u32(FEED_FORWARD));
    this.set('attention.layer_norm_rms_epsilon', f32(1e-6));
    for (const [key, value] of byteVocabulary()) this.#metadata.set(key, value);
    this.weight('token_embd.weight', [EMBEDDING, VOCABULARY_SIZE], Math.sqrt(EMBEDDING));
    this.weight('output.weight', [EMBEDDING, VOCABULARY_SIZE], OUTPUT_SHARPNESS);
  }

  /** A key of the architecture, without its name. */
  set(key: string, value: MetadataValue): this {
    this.#metadata.set(`${this.#architecture}.${key}`, value);
    return this;
  }

  /** Any key: the tokenizer's, say. */
  setGlobal(key: string, value: MetadataValue): this {
    this.#metadata.set(key, value);
    return this;
  }

  attentionHeads(): this {
    return this.set('attention.head_count', u32(HEADS))
      .set('attention.head_count_kv', u32(KV_HEADS))
      .set('rope.dimension_count', u32(HEAD))
      .set('rope.freq_base', f32(10_000));
  }

  /** The size of a head, for architectures that do not derive it. */
  headLengths(): this {
    return this.set('attention.key_length', u32(HEAD)).set('attention.value_length', u32(HEAD));
  }

  /** A matrix whose products have about the size of what goes in, times `scale`. */
  weight(name: string, shape: readonly number[], scale = 1): this {
    const count = shape.reduce((product, size) => product * size, 1);
    return this.values(name, shape, this.#random.normals(count, scale / Math.sqrt(shape[0]!)), 'f16');
  }

  /** One number everywhere: norms, biases, the state matrices of Mamba. */
  constant(name: string, shape: readonly number[], value: number): this {
    const count = shape.reduce((product, size) => product * size, 1);
    return this.values(name, shape, new Float32Array(count).fill(value), 'f32');
  }

  /** Small random numbers in full precision: biases, convolutions. */
  noise(name: string, shape: readonly number[], deviation: number): this {
    const count = shape.reduce((product, size) => product * size, 1);
    return this.values(name, shape, this.#random.normals(count, deviation), 'f32');
  }

  /** Query, key, value and output matrices of ordinary attention. */
  attention(at: string, options: { readonly bias?: boolean; readonly norms?: boolean } = {}): this {
    const kv = HEAD * KV_HEADS;
    this.weight(`${at}.attn_q.weight`, [EMBEDDING, EMBEDDING], SHARPNESS)
      .weight(`${at}.attn_k.weight`, [EMBEDDING, kv], SHARPNESS)
      .weight(`${at}.attn_v.weight`, [EMBEDDING, kv])
      .weight(`${at}.attn_output.weight`, [EMBEDDING, EMBEDDING]);
    if (options.bias === true)
      this.noise(`${at}.attn_q.bias`, [EMBEDDING], 0.5)
        .noise(`${at}.attn_k.bias`, [kv], 0.5)
        .noise(`${at}.attn_v.bias`, [kv], 0.5);
    if (options.norms === true)
      this.constant(`${at}.attn_q_norm.weight`, [HEAD], SHARPNESS).constant(`${at}.attn_k_norm.weight`, [HEAD], 1);
    return this;
  }

  /** The gated feed-forward of most architectures. */
  feedForward(at: string): this {
    return this.weight(`${at}.ffn_gate.weight`, [EMBEDDING, FEED_FORWARD])
      .weight(`${at}.ffn_up.weight`, [EMBEDDING, FEED_FORWARD])
      .weight(`${at}.ffn_down.weight`, [FEED_FORWARD, EMBEDDING]);
  }

  /** Keys of a mixture of experts. */
  expertCounts(): this {
    return this.set('expert_count', u32(EXPERTS))
      .set('expert_used_count', u32(2))
      .set('expert_feed_forward_length', u32(FEED_FORWARD));
  }

  /** The gated feed-forward of each expert, and what chooses among them. */
  experts(at: string): this {
    return this.weight(`${at}.ffn_gate_inp.weight`, [EMBEDDING, EXPERTS])
      .weight(`${at}.ffn_gate_exps.weight`, [EMBEDDING, FEED_FORWARD, EXPERTS])
      .weight(`${at}.ffn_up_exps.weight`, [EMBEDDING, FEED_FORWARD, EXPERTS])
      .weight(`${at}.ffn_down_exps.weight`, [FEED_FORWARD, EMBEDDING, EXPERTS]);
  }

  norm(name: string): this {
    return this.constant(`${name}.weight`, [EMBEDDING], 1);
  }

  /** @param build gets what the names of the layer's tensors begin with, and its number. */
  eachLayer(build: (at: string, layer: number) => void): this {
    for (let layer = 0; layer < this.layers; layer += 1) build(`blk.${layer}`, layer);
    return this;
  }

  values(name: string, shape: readonly number[], data: Float32Array, type: TensorSpec['type']): this {
    this.#tensors.push({ name, shape, type, data });
    return this;
  }

  get spec(): GgufSpec {
    return { metadata: this.#metadata, tensors: this.#tensors };
  }
}
