import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { checkGgufHeader } from '../../inference/llama/ggufHeader.js';

/**
 * Names what the speed of a model and the shape of its stream depend on: the settings of its architecture and our own,
 * the size of its vocabulary, and names, sizes and types of its tensors. Models that differ in their weights alone have
 * the same.
 *
 * @returns undefined for a file that is no GGUF, or that cannot be read as one.
 */
export async function readModelLayout(path: string): Promise<string | undefined> {
  try {
    // The reader believes what a header says, and would be busy with a damaged one for ever.
    await checkGgufHeader(path, (await stat(path)).size);
  } catch {
    return undefined;
  }
  // Here, because it takes a second to load, and hardly anybody needs it.
  const { readGgufFileInfo } = await import('node-llama-cpp');
  const info = await readGgufFileInfo(path, {
    readTensorInfo: true,
    logWarnings: false,
    sourceType: 'filesystem',
  }).catch(() => undefined);
  if (info === undefined) return undefined;
  const metadata = info.metadata as Readonly<Record<string, unknown>>;
  const { architecture } = info.metadata.general;
  const tensors = (info.fullTensorInfo ?? []).map(({ name, dimensions, ggmlType }) => [
    name,
    dimensions.map(Number),
    ggmlType,
  ]);
  const layout = JSON.stringify(
    [architecture, metadata[architecture], metadata['endless'], info.metadata.tokenizer.ggml.tokens.length, tensors],
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  return createHash('sha256').update(layout).digest('hex');
}
