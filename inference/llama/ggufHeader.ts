import { open } from 'node:fs/promises';
import { messageOf, modelNotGguf, modelTruncated, modelUnreadable, modelUnsupported } from '../errors.js';

/** Magic, version, number of tensors, number of metadata entries. */
const HEADER_BYTES = 24;
/** What gguf_init_from_file accepts. */
const VERSIONS = [2, 3];
/** The least that one tensor takes in the header: an empty name, no dimensions, type and offset. */
const LEAST_TENSOR_BYTES = 8 + 4 + 4 + 8;
/** The least that one metadata entry takes: an empty key, a type, one byte. */
const LEAST_ENTRY_BYTES = 8 + 4 + 1;

/**
 * Looks at the first bytes before any reader does: a header can claim 2^60 tensors, and a reader that believes it takes
 * all the memory there is.
 *
 * @throws EngineError `modelNotGguf`, `modelUnsupported`, `modelTruncated` or `modelUnreadable`.
 */
export async function checkGgufHeader(path: string, bytes: number): Promise<void> {
  const header = await readStart(path);
  if (header.length < 4 || header.toString('latin1', 0, 4) !== 'GGUF') throw modelNotGguf(path);
  if (header.length < HEADER_BYTES) throw modelTruncated(path);
  const version = header.readUInt32LE(4);
  // A version that only makes sense the other way round: the file was written for a big-endian machine (gguf.cpp).
  if ((version & 0xffff) === 0) throw modelUnsupported(path, 'it was made for big-endian machines');
  if (!VERSIONS.includes(version))
    throw modelUnsupported(path, `it is GGUF version ${version}, and llama.cpp reads ${VERSIONS.join(' and ')}`);
  const least =
    header.readBigUInt64LE(8) * BigInt(LEAST_TENSOR_BYTES) + header.readBigUInt64LE(16) * BigInt(LEAST_ENTRY_BYTES);
  if (least > BigInt(bytes)) throw modelTruncated(path);
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw modelUnreadable(path, messageOf(error));
  }
}
