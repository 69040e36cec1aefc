import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readGgufFileInfo } from 'node-llama-cpp';
import {
  messageOf,
  modelNotFound,
  modelNotGguf,
  modelTruncated,
  modelUnreadable,
  modelUnsupported,
} from '../errors.js';
import { attentionFactor } from './attentionFactor.js';
import { checkGgufHeader } from './ggufHeader.js';

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
  /** Multiplies a key at every rotation, shifts included; 1 for plain RoPE. */
  readonly attentionFactor: number;
  /** Tokens of the sliding attention window, 0: none that the header names. */
  readonly slidingWindow: number;
  /** The header divides the rotary positions into sections, as M-RoPE does. */
  readonly ropeSections: boolean;
  /** Numbers in the key of one head; 0 where there are no heads, or where they differ. */
  readonly keyLength: number;
  /** Attention has learned sink logits (`attn_sinks`): what attention sinks are for is in the model itself. */
  readonly learnedSinks: boolean;
  /** Our own keys, see docs/stream-format.md. */
  readonly endless?: { readonly sink: 'trained' | 'initial'; readonly systemPrompt: string };
}

/**
 * Reads and checks the header, before llama.cpp sees the file.
 *
 * @throws EngineError `modelNotFound`, `modelNotGguf`, `modelTruncated`, `modelUnsupported` or `modelLoadFailed`.
 */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const bytes = await sizeOf(path);
  await checkGgufHeader(path, bytes);
  const info = await readGgufFileInfo(path, {
    readTensorInfo: true,
    logWarnings: false,
    // A path that looks like an address is still a path: nothing is ever fetched.
    sourceType: 'filesystem',
  }).catch((error: unknown) => {
    // The start is right, so what fails is a header that stops in the middle or is damaged.
    throw modelTruncated(path, messageOf(error));
  });
  const tensors = info.fullTensorInfo ?? [];
  // Of a model in several files, this is the first.
  const lastTensor = tensors.reduce(
    (last, { filePart, fileOffset }) => (filePart === 1 ? max(last, fileOffset) : last),
    0,
  );
  if (lastTensor >= bytes) throw modelTruncated(path);

  const metadata = info.metadata as unknown as Record<string, Metadata | undefined>;
  const architecture = asText(metadata['general']?.['architecture'], '');
  if (architecture === '') throw modelUnsupported(path, l10n.t('its header names no architecture'));
  const arch = metadata[architecture] ?? {};
  const attention = asObject(arch['attention']);
  const rope = asObject(arch['rope']);
  const template = asObject(metadata['tokenizer'])['chat_template'];
  const endless = metadata['endless'];
  return {
    path,
    bytes,
    name: asText(metadata['general']?.['name'], basename(path)),
    architecture,
    parameters: tensors.reduce((sum, { dimensions }) => sum + dimensions.reduce<number>((n, d) => n * Number(d), 1), 0),
    trainedContext: asNumber(arch['context_length'], 2048),
    ...(typeof template === 'string' ? { chatTemplate: template } : {}),
    attentionFactor: readAttentionFactor(architecture, rope),
    slidingWindow: asNumber(attention['sliding_window'], 0),
    ropeSections: hasSections(rope['dimension_sections']),
    keyLength: readKeyLength(arch, attention),
    learnedSinks: tensors.some(({ name }) => name.includes('.attn_sinks.')),
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

const max = (a: number, b: number | bigint): number => Math.max(a, Number(b));

type Metadata = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Metadata => (typeof value === 'object' && value !== null ? (value as Metadata) : {});

const asNumber = (value: unknown, otherwise: number): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : otherwise;

const asText = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

async function sizeOf(path: string): Promise<number> {
  const file = await stat(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EACCES' || code === 'EPERM' ? modelUnreadable(path, messageOf(error)) : modelNotFound(path);
  });
  if (!file.isFile()) throw modelNotGguf(path);
  return file.size;
}

function readAttentionFactor(architecture: string, rope: Metadata): number {
  const scaling = asObject(rope['scaling']);
  const given = scaling['attn_factor'];
  return attentionFactor({
    architecture,
    type: typeof scaling['type'] === 'string' ? scaling['type'] : undefined,
    factor: asNumber(scaling['factor'], asNumber(rope['scale_linear'], 0)),
    attentionFactor: typeof given === 'number' ? given : undefined,
    logMultiplier: asNumber(scaling['yarn_log_multiplier'], 0),
  });
}

/** llama_hparams::use_mrope. */
function hasSections(sections: unknown): boolean {
  return Array.isArray(sections) && Number(sections[0]) > 0 && Number(sections[1]) > 0;
}

/** `n_embd_head_k_full`, unless the layers with a sliding window have another (`n_embd_head_k_swa`). */
function readKeyLength(arch: Metadata, attention: Metadata): number {
  const heads = attention['head_count'];
  const count = Array.isArray(heads) ? Math.max(0, ...heads.map(Number)) : asNumber(heads, 0);
  const length = asNumber(attention['key_length'], count > 0 ? asNumber(arch['embedding_length'], 0) / count : 0);
  return asNumber(attention['key_length_swa'], length) === length ? length : 0;
}
