import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startRuntime } from '../../inference/llama/runtime.js';
import { UnableError, type Benchmark, type Device, type Settings } from '../harness/benchmark.js';
import { isShapeName, SHAPES, writeRandomModel, type ShapeName } from '../model/randomModel.js';
import { measure, type Measured, type Row, type Subject } from './latency/measure.js';
import { reportOf } from './latency/report.js';

const SIZES = [256, 512, 1024, 2048, 4096];

export const latency: Benchmark = {
  name: 'latency',
  question:
    'What does a generated token cost once the cache is full, for caches of 256 to 4096 tokens: with sinks, with re-computation, and with the context shift that node-llama-cpp makes by itself?',
  timed: true,
  weightsMatter: false,
  minutes: 9,
  async run(settings) {
    const chosen = subjects(settings);
    await requireGpu(settings.device);
    const measured: Measured[] = [];
    for (const subject of chosen) {
      if (subject.shape !== undefined) await writeRandomModel(subject.path, SHAPES[subject.shape]);
      const rows: Row[] = [];
      for (const capacity of subject.sizes)
        rows.push(
          await settings.parts.once(`${subject.name}, cache of ${capacity}`, () =>
            measure(settings, subject, capacity),
          ),
        );
      measured.push({ name: subject.name, rows });
      if (subject.shape !== undefined) await rm(subject.path);
    }
    return reportOf(settings, measured);
  },
};

/** Before gigabytes are written for it. @throws UnableError when a GPU is asked for and there is none. */
async function requireGpu({ gpu, threads }: Device): Promise<void> {
  if (gpu === 'off') return;
  const { llama, fallback } = await startRuntime({ gpu, threads, parameters: 0, log: () => undefined });
  if (llama.gpu === false)
    throw new UnableError(
      `${fallback ?? 'There is no GPU here that llama.cpp can use'}. Install its driver (CUDA, Vulkan or Metal) or run this on another machine; on the processor: --gpu off --threads 0, which takes hours for the shape 7b.`,
    );
}

function subjects(settings: Settings): Subject[] {
  const { quick, shape, models } = settings;
  const builtIn = { name: 'built-in sink model', path: models.sink };
  if (shape !== undefined) {
    if (!isShapeName(shape))
      throw new UnableError(`There is no shape ${shape}, only ${Object.keys(SHAPES).join(', ')}`);
    return [
      { ...random(settings, shape), sizes: quick ? [256] : SIZES, generated: 256, shifted: 200, recomputed: () => 6 },
    ];
  }
  if (quick) return [{ ...builtIn, sizes: [128, 256], generated: 96, shifted: 64, recomputed: () => 2 }];
  return [
    { ...builtIn, sizes: SIZES, generated: 320, shifted: 300, recomputed: () => 6 },
    {
      ...random(settings, '0.5b'),
      sizes: SIZES,
      generated: 128,
      shifted: 100,
      // One core takes half a minute for a window of 4096.
      recomputed: (capacity) => (capacity > 1024 ? 1 : 2),
    },
  ];
}

const random = ({ scratch }: Settings, shape: ShapeName): Pick<Subject, 'name' | 'path' | 'shape'> => ({
  name: `random ${shape}, Q8_0`,
  path: join(scratch, `random-${shape}.gguf`),
  shape,
});
