/** `npm run bench`: runs benchmarks and writes what came out. */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './harness/benchmark.js';
import { parseOptions, USAGE, type Options } from './harness/options.js';
import { readModelFile } from './harness/machine.js';
import { Parts } from './harness/parts.js';
import { ProgressBar } from './harness/progress.js';
import { writeReadme } from './harness/readmePage.js';
import { comparisonTable, writeResult } from './harness/results.js';
import { Stopwatch } from './harness/stopwatch.js';
import { BENCHMARKS } from './registry.js';
import { root } from './root.js';

async function main(): Promise<void> {
  const options = readOptions();
  if (options.names[0] === 'readme') return writeReadme(root, BENCHMARKS);
  for (const benchmark of chosen(options.names)) await runOne(benchmark, options);
  // What went elsewhere is not what the page shows.
  if (options.folder === join(root, 'bench/results')) await writeReadme(root, BENCHMARKS);
}

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2), root);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function chosen(names: readonly string[]): readonly Benchmark[] {
  if (names.length === 0) return withinAnHour();
  return names.map(
    (name) =>
      BENCHMARKS.find((benchmark) => benchmark.name === name) ??
      stop(`There is no benchmark ${name}, only ${BENCHMARKS.map((each) => each.name).join(', ')}`),
  );
}

function withinAnHour(): readonly Benchmark[] {
  let minutes = 0;
  const fitting = BENCHMARKS.filter(({ minutes: own = 5 }) => {
    if (minutes + own > 60) return false;
    minutes += own;
    return true;
  });
  console.log(`${fitting.map(({ name }) => name).join(', ')}: about ${minutes} minutes`);
  return fitting;
}

async function runOne(benchmark: Benchmark, options: Options): Promise<void> {
  const { folder, ...rest } = options;
  const scratch = join(root, 'dist/bench/scratch');
  const watch = new Stopwatch();
  const parts = await Parts.open(scratch, benchmark.name, {
    resume: options.resume,
    depends: await partsDependOn(options),
  });
  const loadBefore = otherLoad(0);
  console.log(`\n${benchmark.name}: ${benchmark.question}\n`);
  const report = await benchmark.run({
    ...rest,
    root,
    scratch,
    progress: new ProgressBar(),
    parts,
  });
  const { seconds, cpuSeconds } = watch.spent;
  await writeResult(benchmark, report, {
    root,
    folder,
    command: options.names.length === 1 ? options.command : `npm run bench -- ${benchmark.name}`,
    at: new Date(),
    seconds: seconds + parts.spentBefore.seconds,
    cpuSeconds: cpuSeconds + parts.spentBefore.cpuSeconds,
    device: options.device,
    quick: options.quick,
    seed: options.seed,
    otherLoad: (loadBefore + otherLoad(1)) / 2,
  });
  await parts.remove();
  console.log(`\n${comparisonTable(report.comparisons).join('\n')}`);
  console.log(join(folder, `${benchmark.name}.md`));
}

/** What a part that a stopped run has measured must have in common with this run. */
async function partsDependOn({ models, quick, tokens, seed, shape, device }: Options): Promise<unknown> {
  const hashes = await Promise.all([models.sink, models.vanilla].map(readModelFile));
  return { hashes: hashes.map(({ sha256 }) => sha256), quick, tokens, seed, shape, device };
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
