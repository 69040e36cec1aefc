/** Evaluates, evicts and shifts on a device, and tells what the model would say after each. */
import { loadLocalModel } from '../../../inference/llama/localModel.js';

export interface DeviceParameters {
  readonly path: string;
  readonly gpu: 'vulkan' | 'off';
}

const TOKENS = 192;
const { path, gpu } = JSON.parse(process.argv[2] ?? '') as DeviceParameters;
const model = await loadLocalModel({
  path,
  gpu,
  threads: 1,
  batchSize: 256,
  capacity: () => 256,
  log: () => undefined,
});
const { sequence } = model;
const steps: (readonly (readonly [number, number])[])[] = [];
const tell = async (): Promise<void> => void steps.push([...(await sequence.settle())]);

await sequence.append(Array.from({ length: TOKENS }, (_, index) => (index * index * 7 + index * 13 + 11) % 256));
await tell();
await sequence.erase([{ start: 4, end: 68 }]);
await tell();
await sequence.append([1, 2, 3, 4, 5, 6, 7, 8]);
await sequence.rollBackTo(sequence.length - 4);
await tell();
const words: number[] = [];
for await (const { token } of sequence.generate([9], { temperature: 0 })) if (words.push(token) === 8) break;
console.log(
  JSON.stringify({
    device: await model.device(),
    fallback: model.fallback,
    capabilities: model.capabilities,
    counters: sequence.counters,
    steps,
    words,
  }),
);
process.exit(0);
