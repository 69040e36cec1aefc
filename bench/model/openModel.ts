import { loadLocalModel, type LocalModel } from '../../inference/llama/localModel.js';
import type { PositionMode } from '../../inference/llama/kvSequence.js';
import type { Device } from '../harness/benchmark.js';

export interface OpenOptions {
  /** Tokens that the cache must hold. May be more than the model was trained with: that is what dense attention shows. */
  readonly capacity: number;
  readonly positions?: PositionMode;
  /** `f32`: keys that hardly round when they are rotated again. */
  readonly keyType?: 'f16' | 'f32';
  readonly device?: Device;
}

/** What every figure is measured on unless a person asks for something else: alike on any machine. */
export const ONE_THREAD: Device = { gpu: 'off', threads: 1 };

/** Tokens of one llama_decode, as in the engine. */
const BATCH = 256;

/**
 * The engine's own model.
 *
 * It is not disposed of before the process ends: with the first runtime that goes node-llama-cpp takes the log of
 * llama.cpp back to the terminal, among the progress bars.
 */
export const openModel = (path: string, options: OpenOptions): Promise<LocalModel> =>
  loadLocalModel({
    path,
    ...(options.device ?? ONE_THREAD),
    batchSize: BATCH,
    capacity: () => options.capacity,
    log: () => undefined,
    ...(options.positions === undefined ? {} : { positions: options.positions }),
    ...(options.keyType === undefined ? {} : { keyType: options.keyType }),
  });
