import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { byteVocabulary, VOCABULARY_SIZE } from '../../test/engine/gguf/byteVocabulary.js';
import { Random } from '../../test/engine/gguf/random.js';
import { ALIGNMENT, encodeHeader, f32, string, u32, type TensorPlace } from '../../test/engine/gguf/writer.js';

/** The shape of a Llama model: what its speed depends on. */
export interface Shape {
  readonly layers: number;
  readonly embedding: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly feedForward: number;
}

/** As real models are built, but for a vocabulary of bytes. */
export const SHAPES = {
  /** To see that it works. */
  tiny: { layers: 2, embedding: 256, heads: 4, kvHeads: 4, feedForward: 512 },
  /** Qwen2.5-0.5B and its kind. */
  '0.5b': { layers: 24, embedding: 896, heads: 14, kvHeads: 2, feedForward: 4864 },
  /** Llama-2-7B, which the paper measured. */
  '7b': { layers: 32, embedding: 4096, heads: 32, kvHeads: 32, feedForward: 11_008 },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

export const isShapeName = (name: string): name is ShapeName => Object.hasOwn(SHAPES, name);

/** Q8_0: 32 values share a scale, a half float. */
const BLOCK_VALUES = 32;
const BLOCK_BYTES = 34;
const GGML_Q8_0 = 8;
const GGML_F32 = 0;
const FLOAT_BYTES = 4;

/** Half float of about 0.0002: with values of up to 127 the weights of a model before training. */
const SCALE = 0x0a8e;

const OUTPUT = 'output.weight';

/** Tokens of the letters a to z: the bytes themselves. */
const LETTERS = { start: 0x61, end: 0x7b };

/** Tokens: positions do not cost more when they are higher, so this is only what it may be asked for. */
const CONTEXT = 32_768;

/**
 * Writes a model with random weights of this shape, unless it is there already. It says nothing sensible and takes
 * exactly as long as one that does.
 */
export async function writeRandomModel(path: string, shape: Shape): Promise<void> {
  if ((await stat(path).catch(() => undefined)) !== undefined) return;
  await mkdir(dirname(path), { recursive: true });
  const tensors = tensorsOf(shape);
  const part = `${path}.part`;
  {
    await using file = await open(part, 'w');
    const metadata = new Map([
      ['general.architecture', string('llama')],
      ['general.name', string('Random weights')],
      ['llama.context_length', u32(CONTEXT)],
      ['llama.embedding_length', u32(shape.embedding)],
      ['llama.block_count', u32(shape.layers)],
      ['llama.feed_forward_length', u32(shape.feedForward)],
      ['llama.attention.head_count', u32(shape.heads)],
      ['llama.attention.head_count_kv', u32(shape.kvHeads)],
      ['llama.attention.layer_norm_rms_epsilon', f32(1e-6)],
      ['llama.rope.dimension_count', u32(shape.embedding / shape.heads)],
      ['llama.rope.freq_base', f32(10_000)],
      ...byteVocabulary(),
    ]);
    await file.writeFile(encodeHeader({ metadata }, tensors));
    const noise = randomBlocks();
    const ones = Buffer.from(new Float32Array(shape.embedding).fill(1).buffer);
    for (const { name, type, bytes } of tensors) {
      const data = type === GGML_F32 ? ones : name === OUTPUT ? onlyLetters(noise, bytes) : noise;
      for (let left = bytes; left > 0; left -= data.length) await file.writeFile(data.subarray(0, left));
      await file.writeFile(Buffer.alloc(Math.ceil(bytes / ALIGNMENT) * ALIGNMENT - bytes));
    }
  }
  await rename(part, path);
}

function tensorsOf(shape: Shape): TensorPlace[] {
  const { embedding, feedForward, heads, kvHeads } = shape;
  const kv = (embedding / heads) * kvHeads;
  const matrix = (name: string, rows: number, columns: number): TensorPlace => ({
    name: `${name}.weight`,
    shape: [rows, columns],
    type: GGML_Q8_0,
    bytes: ((rows * columns) / BLOCK_VALUES) * BLOCK_BYTES,
  });
  const norm = (name: string): TensorPlace => ({
    name: `${name}.weight`,
    shape: [embedding],
    type: GGML_F32,
    bytes: embedding * FLOAT_BYTES,
  });
  const layers = Array.from({ length: shape.layers }, (_, layer) => {
    const at = `blk.${layer}`;
    return [
      norm(`${at}.attn_norm`),
      matrix(`${at}.attn_q`, embedding, embedding),
      matrix(`${at}.attn_k`, embedding, kv),
      matrix(`${at}.attn_v`, embedding, kv),
      matrix(`${at}.attn_output`, embedding, embedding),
      norm(`${at}.ffn_norm`),
      matrix(`${at}.ffn_gate`, embedding, feedForward),
      matrix(`${at}.ffn_up`, embedding, feedForward),
      matrix(`${at}.ffn_down`, feedForward, embedding),
    ];
  });
  return [
    matrix('token_embd', embedding, VOCABULARY_SIZE),
    ...layers.flat(),
    norm('output_norm'),
    matrix('output', embedding, VOCABULARY_SIZE),
  ];
}

/** The output matrix, with nothing in the rows of all tokens but letters: each token is a text of its own, and none ends. */
function onlyLetters(noise: Buffer, bytes: number): Buffer {
  const row = bytes / VOCABULARY_SIZE;
  const [first, end] = [LETTERS.start * row, LETTERS.end * row];
  return Buffer.concat([Buffer.alloc(first), noise.subarray(first, end), Buffer.alloc(bytes - end)]);
}

/** A mebibyte or so of weights, which every matrix repeats: the processor does not notice. */
function randomBlocks(): Buffer {
  const random = new Random(1);
  const blocks = Buffer.alloc(32_768 * BLOCK_BYTES);
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES) {
    blocks.writeUInt16LE(SCALE, at);
    for (let value = 2; value < BLOCK_BYTES; value += 1)
      blocks.writeInt8(Math.floor(random.uniform() * 255) - 127, at + value);
  }
  return blocks;
}
