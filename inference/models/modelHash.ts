import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Bytes read at each end. The header and the last tensors tell models apart; reading gigabytes at every start does not pay. */
const SAMPLE = 1 << 20;

/** Names a model file by its size and its two ends: enough to tell that a saved state is not this model's. */
export async function hashModel(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const hash = createHash('sha256').update(String(size));
  for (const position of [0, Math.max(0, size - SAMPLE)]) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(SAMPLE, size)), 0, Math.min(SAMPLE, size), position);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest('hex');
}
