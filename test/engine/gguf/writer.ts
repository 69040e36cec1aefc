/** Writes GGUF files, version 3 (ggml/docs/gguf.md): header, typed metadata, F32 and F16 tensors, alignment. */
import { writeFile } from 'node:fs/promises';

/** The types of metadata values that models use; numbers in the file's own terms (gguf_type). */
export type MetadataValue =
  | { readonly type: 'u32' | 'i32' | 'f32' | 'u64'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'i32s' | 'u32s' | 'f32s'; readonly value: readonly number[] };

export interface TensorSpec {
  readonly name: string;
  /** Innermost first, as ggml counts (`ne`). */
  readonly shape: readonly number[];
  readonly type: 'f32' | 'f16';
  readonly data: Float32Array;
}

export interface GgufSpec {
  /** 3 unless a test wants something that no reader knows. */
  readonly version?: number;
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: readonly TensorSpec[];
}

export const ALIGNMENT = 32;

const TYPE = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9, u64: 10 } as const;
const GGML_TYPE = { f32: 0, f16: 1 } as const;

export const u32 = (value: number): MetadataValue => ({ type: 'u32', value });
export const f32 = (value: number): MetadataValue => ({ type: 'f32', value });
export const string = (value: string): MetadataValue => ({ type: 'string', value });
export const bool = (value: boolean): MetadataValue => ({ type: 'bool', value });
export const strings = (value: readonly string[]): MetadataValue => ({ type: 'strings', value });
export const i32s = (value: readonly number[]): MetadataValue => ({ type: 'i32s', value });

export async function writeGguf(path: string, spec: GgufSpec): Promise<void> {
  await writeFile(path, encodeGguf(spec));
}

export function encodeGguf(spec: GgufSpec): Buffer {
  const data = spec.tensors.map((tensor) => ({ tensor, bytes: tensorBytes(tensor) }));
  const places = data.map(({ tensor: { name, shape, type }, bytes }) => ({
    name,
    shape,
    type: GGML_TYPE[type],
    bytes: bytes.length,
  }));
  return Buffer.concat([encodeHeader(spec, places), ...data.map(({ bytes }) => padded(bytes))]);
}

/** What the header says of a tensor whose data somebody else writes. */
export interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  /** ggml_type */
  readonly type: number;
  readonly bytes: number;
}

/** Everything before the data of the tensors. Each tensor's data is padded to a multiple of `ALIGNMENT`. */
export function encodeHeader(
  { version, metadata }: Pick<GgufSpec, 'version' | 'metadata'>,
  tensors: readonly TensorPlace[],
): Buffer {
  const parts: Buffer[] = [
    Buffer.from('GGUF', 'latin1'),
    uint32(version ?? 3),
    uint64(tensors.length),
    uint64(metadata.size),
  ];
  for (const [key, value] of metadata) parts.push(text(key), ...metadataValue(value));
  let offset = 0;
  for (const tensor of tensors) {
    parts.push(text(tensor.name), uint32(tensor.shape.length), ...tensor.shape.map(uint64));
    parts.push(uint32(tensor.type), uint64(offset));
    offset += Math.ceil(tensor.bytes / ALIGNMENT) * ALIGNMENT;
  }
  return padded(Buffer.concat(parts));
}

function tensorBytes({ type, data }: TensorSpec): Buffer {
  const values = type === 'f32' ? data : Uint16Array.from(data, halfBits);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** The bits of a half float, rounded towards zero; numbers too small for a normal one become 0. */
function halfBits(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7c00;
  return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

function metadataValue(value: MetadataValue): Buffer[] {
  switch (value.type) {
    case 'u32':
    case 'i32':
    case 'f32':
    case 'u64':
      return [uint32(TYPE[value.type]), number(value.type, value.value)];
    case 'bool':
      return [uint32(TYPE.bool), Buffer.from([value.value ? 1 : 0])];
    case 'string':
      return [uint32(TYPE.string), text(value.value)];
    case 'strings':
      return [uint32(TYPE.array), uint32(TYPE.string), uint64(value.value.length), ...value.value.map(text)];
    case 'i32s':
    case 'u32s':
    case 'f32s': {
      const item = value.type === 'i32s' ? 'i32' : value.type === 'u32s' ? 'u32' : 'f32';
      const items = value.value.map((each) => number(item, each));
      return [uint32(TYPE.array), uint32(TYPE[item]), uint64(value.value.length), ...items];
    }
  }
}

function number(type: 'u32' | 'i32' | 'f32' | 'u64', value: number): Buffer {
  if (type === 'u64') return uint64(value);
  const buffer = Buffer.alloc(4);
  if (type === 'u32') buffer.writeUInt32LE(value);
  else if (type === 'i32') buffer.writeInt32LE(value);
  else buffer.writeFloatLE(value);
  return buffer;
}

const uint32 = (value: number): Buffer => number('u32', value);

function uint64(value: number | bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
