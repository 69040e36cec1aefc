import { loadLocalModel, type LocalModel } from '../../inference/llama/localModel.js';
import type { PositionMode } from '../../inference/llama/kvSequence.js';

export interface OpenOptions {
  /** Tokens that the cache must hold. May be more than the model was trained with: that is what dense attention shows. */
  readonly capacity: number;
  readonly positions?: PositionMode;
}

/** Tokens of one llama_decode, as in the engine. */
const BATCH = 256;

/**
 * The engine's own model, on one thread without a GPU, so that figures are alike on any machine.
 *
 * It is not disposed of before the process ends: with the first runtime that goes node-llama-cpp takes the log of
 * llama.cpp back to the terminal, among the progress bars.
 */
export const openModel = (path: string, options: OpenOptions): Promise<LocalModel> =>
  loadLocalModel({
    path,
    gpu: 'off',
    threads: 1,
    batchSize: BATCH,
    capacity: () => options.capacity,
    log: () => undefined,
    ...(options.positions === undefined ? {} : { positions: options.positions }),
  });
