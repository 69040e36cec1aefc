import { closeSync, openSync, readSync } from 'node:fs';

/** What the walk through a header learned. */
export interface WalkedHeader {
  /** Number of items of each array, by key. */
  readonly arrays: ReadonlyMap<string, number>;
}

/** Bytes of a value by its gguf_type; strings (8) and arrays (9) say their own. */
const SCALAR_BYTES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const STRING = 8;
const ARRAY = 9;

/** GGML_MAX_DIMS. */
const MOST_DIMENSIONS = 4;
const LONGEST_KEY = 65_535;
/** No model's header comes near: the largest vocabularies take about 20 MB. */
const MOST_HEADER_BYTES = 512 * 2 ** 20;
const CHUNK = 4 * 2 ** 20;

/**
 * Steps through metadata and tensor list without keeping anything, and checks each size against what is left of the
 * file. Readers believe what a header says: one that claims a list of 2^60 strings keeps them busy for ever, and a
 * damaged number can do that as well.
 *
 * Synchronous, because a header has half a million sizes and an for each takes longer than the reading.
 *
 * @throws Error saying in a few words what cannot be right.
 */
export function walkGguf(path: string, bytes: number): WalkedHeader {
  const file = openSync(path, 'r');
  try {
    return walk(new Cursor(file, Math.min(bytes, MOST_HEADER_BYTES)));
  } finally {
    closeSync(file);
  }
}

function walk(cursor: Cursor): WalkedHeader {
  // Magic and version.
  cursor.skip(4 + 4);
  const tensors = cursor.size();
  const entries = cursor.size();
  const arrays = new Map<string, number>();
  for (let entry = 0; entry < entries; entry += 1) {
    const key = cursor.text(LONGEST_KEY);
    const count = skipValue(cursor, cursor.u32());
    if (count !== undefined) arrays.set(key, count);
  }
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    cursor.text(LONGEST_KEY);
    const dimensions = cursor.u32();
    if (dimensions > MOST_DIMENSIONS) throw new Error(`it has a tensor of ${dimensions} dimensions`);
    // Sizes, type, offset.
    cursor.skip(8 * dimensions + 4 + 8);
  }
  return { arrays };
}

/** @returns the number of items, of an array. */
function skipValue(cursor: Cursor, type: number): number | undefined {
  if (type === STRING) cursor.skip(cursor.size());
  else if (type !== ARRAY) cursor.skip(scalarBytes(type));
  else {
    const item = cursor.u32();
    const count = cursor.size();
    if (item === ARRAY) throw new Error('it has a list of lists');
    if (item !== STRING) cursor.skip(count * scalarBytes(item));
    else for (let index = 0; index < count; index += 1) cursor.skip(cursor.size());
    return count;
  }
  return undefined;
}

function scalarBytes(type: number): number {
  const bytes = SCALAR_BYTES.get(type);
  if (bytes === undefined) throw new Error(`it has a value of the unknown type ${type}`);
  return bytes;
}

/** Reads forward through a file, a chunk at a time, and never past `end`. */
class Cursor {
  readonly #file: number;
  readonly #end: number;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;
  #at = 0;

  constructor(file: number, end: number) {
    this.#file = file;
    this.#end = end;
  }

  skip(bytes: number): void {
    if (bytes > this.#end - this.#at) throw new Error('its header ends in the middle');
    this.#at += bytes;
  }

  u32(): number {
    const at = this.#have(4) ?? this.#fetch(4);
    return this.#chunk.readUInt32LE(at);
  }

  /** A count or a length. What is larger than the file cannot be right, so a number holds it. */
  size(): number {
    const at = this.#have(8) ?? this.#fetch(8);
    const size = this.#chunk.readBigUInt64LE(at);
    if (size > BigInt(this.#end)) throw new Error('its header claims more than the file holds');
    return Number(size);
  }

  text(longest: number): string {
    const length = this.size();
    if (length > longest) throw new Error('its header has a name that is too long');
    const at = this.#have(length) ?? this.#fetch(length);
    return this.#chunk.toString('utf8', at, at + length);
  }

  /** Takes `bytes` out of the chunk, and returns where they begin; undefined when they are not in it. */
  #have(bytes: number): number | undefined {
    const at = this.#at - this.#chunkStart;
    if (at < 0 || at + bytes > this.#chunk.length) return undefined;
    this.#at += bytes;
    return at;
  }

  #fetch(bytes: number): number {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const bytesRead = readSync(this.#file, buffer, 0, CHUNK, this.#at);
    if (bytesRead < bytes || this.#at + bytes > this.#end) throw new Error('its header ends in the middle');
    this.#chunk = buffer.subarray(0, bytesRead);
    this.#chunkStart = this.#at;
    this.#at += bytes;
    return 0;
  }
}
