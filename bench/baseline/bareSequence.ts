import type { LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import { resolveFlashAttention } from '../../inference/llama/flashAttention.js';
import { readGgufFacts } from '../../inference/llama/ggufFacts.js';
import { DecodeProbe } from '../../inference/llama/internals.js';
import { startRuntime } from '../../inference/llama/runtime.js';
import type { Device } from '../harness/benchmark.js';
import { ONE_THREAD } from '../model/openModel.js';

/** node-llama-cpp as it comes: no window, no policy, its own context shift. What the engine is measured against. */
export interface BareSequence {
  readonly sequence: LlamaContextSequence;
  /** Counts what really goes through llama_decode. */
  readonly probe: DecodeProbe;
}

const BATCH = 256;

export async function openBare(path: string, contextSize: number, device: Device = ONE_THREAD): Promise<BareSequence> {
  const { llama, threads } = await startRuntime({ ...device, parameters: 0, log: () => undefined });
  const model: LlamaModel = await llama.loadModel({ modelPath: path });
  const { keyLength } = await readGgufFacts(path);
  const context = await model.createContext({
    contextSize,
    sequences: 1,
    batchSize: Math.min(BATCH, contextSize),
    threads,
    // As the engine has it, so that only the engine itself is compared.
    flashAttention: resolveFlashAttention('auto', { keyLength, onProcessor: llama.gpu === false }),
    experimentalKvCacheKeyType: 'F16',
    experimentalKvCacheValueType: 'F16',
  });
  const probe = new DecodeProbe(context);
  return { sequence: context.getSequence(), probe };
}
