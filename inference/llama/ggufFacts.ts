import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readGgufFileInfo } from 'node-llama-cpp';
import { messageOf, modelNotFound, modelNotGguf, modelTruncated } from '../errors.js';

/** What the header of a GGUF file says, as far as Endless needs it. */
export interface GgufFacts {
  readonly path: string;
  /** Bytes of the file. */
  readonly bytes: number;
  readonly name: string;
  readonly architecture: string;
  readonly parameters: number;
  /** Tokens. */
  readonly trainedContext: number;
  readonly chatTemplate?: string;
  /** Multiplies keys when YaRN or LongRoPE scale attention; 1 for plain RoPE. */
  readonly attentionFactor: number;
  /** Tokens of the sliding attention window, 0: full attention. */
  readonly slidingWindow: number;
  /** Rotary positions per token: more than one for M-RoPE. */
  readonly ropeSections: number;
  /** Our own keys, see docs/stream-format.md. */
  readonly endless?: { readonly sink: 'trained' | 'initial'; readonly systemPrompt: string };
}

/**
 * Reads and checks the header, before llama.cpp sees the file.
 *
 * @throws EngineError `modelNotFound`, `modelNotGguf` or `modelTruncated`.
 */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) throw modelNotFound(path);
  if (!file.isFile() || !(await hasMagic(path))) throw modelNotGguf(path);
  const info = await readGgufFileInfo(path, { readTensorInfo: true, logWarnings: false }).catch((error: unknown) => {
    // The magic is right, so what fails is a header that stops in the middle or is damaged.
    throw modelTruncated(`${path} (${messageOf(error)})`);
  });
  const lastTensor = Math.max(0, ...(info.fullTensorInfo ?? []).map((tensor) => Number(tensor.fileOffset)));
  if (lastTensor >= file.size) throw modelTruncated(path);

  const metadata = info.metadata as unknown as Record<string, Metadata | undefined>;
  const architecture = asText(metadata['general']?.['architecture'], 'unknown');
  const arch = metadata[architecture] ?? {};
  const rope = asObject(arch['rope']);
  const template = asObject(metadata['tokenizer'])['chat_template'];
  const endless = metadata['endless'];
  return {
    path,
    bytes: file.size,
    name: asText(metadata['general']?.['name'], basename(path)),
    architecture,
    parameters: (info.fullTensorInfo ?? []).reduce(
      (sum, tensor) => sum + tensor.dimensions.reduce<number>((n, d) => n * Number(d), 1),
      0,
    ),
    trainedContext: asNumber(arch['context_length'], 2048),
    ...(typeof template === 'string' ? { chatTemplate: template } : {}),
    attentionFactor: attentionFactor(asObject(rope['scaling'])),
    slidingWindow: asNumber(asObject(arch['attention'])['sliding_window'], 0),
    ropeSections: countSections(rope['dimension_sections']),
    ...(endless === undefined
      ? {}
      : {
          endless: {
            sink: endless['sink'] === 'trained' ? 'trained' : 'initial',
            systemPrompt: typeof endless['system_prompt'] === 'string' ? endless['system_prompt'] : '',
          },
        }),
  };
}

type Metadata = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Metadata => (typeof value === 'object' && value !== null ? (value as Metadata) : {});

const asNumber = (value: unknown, otherwise: number): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : otherwise;

const asText = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

async function hasMagic(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
}

/** llama.cpp multiplies keys by this at every rotation, shifts included (llama_context, yarn_attn_factor). */
function attentionFactor(scaling: Metadata): number {
  if (scaling['type'] === 'longrope') return asNumber(scaling['attn_factor'], 1.19);
  if (scaling['type'] !== 'yarn') return 1;
  const factor = asNumber(scaling['factor'], 1);
  return factor > 1 ? 1 + 0.1 * Math.log(factor) : 1;
}

function countSections(sections: unknown): number {
  return Array.isArray(sections) ? sections.filter((size) => Number(size) > 0).length : 1;
}
