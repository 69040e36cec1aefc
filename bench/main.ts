/** `npm run bench`: runs benchmarks and writes what came out. */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './harness/benchmark.js';
import { parseOptions, USAGE, type Options } from './harness/options.js';
import { ProgressBar } from './harness/progress.js';
import { writeReadme } from './harness/readmePage.js';
import { comparisonTable, writeResult } from './harness/results.js';
import { BENCHMARKS } from './registry.js';
import { root } from './root.js';

async function main(): Promise<void> {
  const options = readOptions();
  if (options.names[0] === 'readme') return writeReadme(root, BENCHMARKS);
  for (const benchmark of chosen(options.names)) await runOne(benchmark, options);
  if (!options.quick) await writeReadme(root, BENCHMARKS);
}

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2), root);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function chosen(names: readonly string[]): readonly Benchmark[] {
  if (names.length === 0) return BENCHMARKS;
  return names.map(
    (name) =>
      BENCHMARKS.find((benchmark) => benchmark.name === name) ??
      stop(`There is no benchmark ${name}, only ${BENCHMARKS.map((each) => each.name).join(', ')}`),
  );
}

async function runOne(benchmark: Benchmark, options: Options): Promise<void> {
  const { folder, ...rest } = options;
  const start = performance.now();
  const loadBefore = otherLoad(0);
  console.log(`\n${benchmark.name}: ${benchmark.question}\n`);
  const report = await benchmark.run({
    ...rest,
    root,
    scratch: join(root, 'dist/bench/scratch'),
    progress: new ProgressBar(),
  });
  await writeResult(benchmark, report, {
    root,
    folder,
    command: options.names.length === 1 ? options.command : `npm run bench -- ${benchmark.name}`,
    at: new Date(),
    seconds: (performance.now() - start) / 1000,
    quick: options.quick,
    seed: options.seed,
    otherLoad: (loadBefore + otherLoad(1)) / 2,
  });
  console.log(`\n${comparisonTable(report.comparisons).join('\n')}`);
  console.log(join(folder, `${benchmark.name}.md`));
}

/** Processes that wanted to run in the last minute, apart from ours. */
const otherLoad = (ours: number): number => Math.max(0, (loadavg()[0] ?? 0) - ours);

function stop(message: string): never {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
}

await main();
// llama.cpp's threads may still be winding down; nothing is left to do.
process.exit(0);
