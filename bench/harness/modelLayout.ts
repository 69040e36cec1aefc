import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/**
 * Names what the speed of a model depends on: the settings of its architecture, and names, sizes and types of its
 * tensors. Models that differ in their weights alone have the same.
 *
 * @returns undefined for a file that is no GGUF.
 */
export async function readModelLayout(path: string): Promise<string | undefined> {
  if (!(await isGguf(path))) return undefined;
  // Here, because it takes a second to load, and hardly anybody needs it.
  const { readGgufFileInfo } = await import('node-llama-cpp');
  const info = await readGgufFileInfo(path, { readTensorInfo: true, logWarnings: false, sourceType: 'filesystem' });
  const { architecture } = info.metadata.general;
  const tensors = (info.fullTensorInfo ?? []).map(({ name, dimensions, ggmlType }) => [
    name,
    dimensions.map(Number),
    ggmlType,
  ]);
  const layout = JSON.stringify([architecture, info.metadata[architecture], tensors], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(layout).digest('hex');
}

async function isGguf(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
}
