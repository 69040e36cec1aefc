import * as l10n from '@vscode/l10n';
import { open } from 'node:fs/promises';
import { messageOf, modelNotGguf, modelTruncated, modelUnreadable, modelUnsupported } from '../errors.js';
import { walkGguf, type WalkedHeader } from './ggufWalk.js';

/** Magic, version, number of tensors, number of metadata entries. */
const START_BYTES = 24;
/** What gguf_init_from_file accepts. */
const VERSIONS = [2, 3];

/**
 * Looks at the header before any other reader does: they believe what it says.
 *
 * @throws EngineError `modelNotGguf`, `modelUnsupported`, `modelTruncated` or `modelLoadFailed`.
 */
export async function checkGgufHeader(path: string, bytes: number): Promise<void> {
  const start = await readStart(path);
  if (start.length < 4 || start.toString('latin1', 0, 4) !== 'GGUF') throw modelNotGguf(path);
  if (start.length < START_BYTES) throw modelTruncated(path);
  const version = start.readUInt32LE(4);
  // A version that only makes sense the other way round: the file was written for a big-endian machine (gguf.cpp).
  if ((version & 0xffff) === 0) throw modelUnsupported(path, l10n.t('it was made for big-endian machines'));
  if (!VERSIONS.includes(version))
    throw modelUnsupported(
      path,
      l10n.t('it is GGUF version {0}, and llama.cpp reads {1}', version, VERSIONS.join(' and ')),
    );
  const { arrays } = walked(path, bytes);
  // llama.cpp asserts that there are tokens, and an assertion ends the process.
  if (arrays.get('tokenizer.ggml.tokens') === 0) throw modelUnsupported(path, l10n.t('its tokenizer has no tokens'));
}

function walked(path: string, bytes: number): WalkedHeader {
  try {
    return walkGguf(path, bytes);
  } catch (error) {
    throw modelTruncated(path, messageOf(error));
  }
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw modelUnreadable(path, messageOf(error));
  }
}
