/** Loads a model, says what its cache allows, and ends; or is ended by llama.cpp. */
import { loadLocalModel } from '../../../inference/llama/localModel.js';

export interface LoadParameters {
  readonly path: string;
  readonly folder: string;
  readonly ignoreGate: boolean;
}

const { path, folder, ignoreGate } = JSON.parse(process.argv[2] ?? '') as LoadParameters;
const log: string[] = [];
const model = await loadLocalModel({
  path,
  gpu: 'off',
  threads: 1,
  batchSize: 256,
  capacity: () => 256,
  ignoreGate,
  verdicts: { folder, model: () => Promise.resolve(path) },
  log: (_, message) => log.push(message),
});
console.log(
  JSON.stringify({
    capabilities: model.capabilities,
    counters: model.sequence.counters,
    held: model.sequence.length,
    probed: log.some((line) => line.startsWith('The cache after')),
  }),
);
process.exit(0);
