/** `npm run bench`: runs benchmarks and writes what came out. */
import { join } from 'node:path';
import { UnableError, type Benchmark } from './harness/benchmark.js';
import { withinAnHour } from './harness/hour.js';
import { parseOptions, USAGE, type Options } from './harness/options.js';
import { readModelFile } from './harness/machine.js';
import { Parts } from './harness/parts.js';
import { otherLoad, processorTimes } from './harness/otherLoad.js';
import { ProgressBar } from './harness/progress.js';
import { writeReadme } from './harness/readmePage.js';
import { comparisonTable, writeResult } from './harness/results.js';
import { Stopwatch } from './harness/stopwatch.js';
import { BENCHMARKS } from './registry.js';
import { root } from './root.js';

/** @returns the names of those that failed. */
async function main(): Promise<readonly string[]> {
  const options = readOptions();
  if (options.names[0] === 'readme') {
    await writeReadme(root, BENCHMARKS);
    return [];
  }
  const failed: string[] = [];
  for (const benchmark of chosen(options.names)) {
    try {
      await runOne(benchmark, options);
    } catch (error) {
      // The others can still be measured, and what was measured of this one is kept.
      failed.push(benchmark.name);
      console.error(`\n${benchmark.name} failed: ${messageOf(error)}`);
    }
  }
  // What went elsewhere is not what the page shows.
  if (options.folder === join(root, 'bench/results')) await writeReadme(root, BENCHMARKS);
  return failed;
}

/** An error of our own says all there is to say; of another one the place helps. */
const messageOf = (error: unknown): string =>
  error instanceof UnableError
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2), root);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
}

function chosen(names: readonly string[]): readonly Benchmark[] {
  if (names.length === 0) return allInAnHour();
  return names.map(
    (name) =>
      BENCHMARKS.find((benchmark) => benchmark.name === name) ??
      stop(`There is no benchmark ${name}, only ${BENCHMARKS.map((each) => each.name).join(', ')}`),
  );
}

function allInAnHour(): readonly Benchmark[] {
  const { fitting, left, minutes } = withinAnHour(BENCHMARKS);
  console.log(`${fitting.map(({ name }) => name).join(', ')}: about ${minutes} minutes of one core`);
  if (left.length > 0)
    console.log(
      `Left out, by name only: ${left.map(({ name, minutes: own }) => `${name} (about ${own} minutes)`).join(', ')}`,
    );
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
  const timesBefore = processorTimes();
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
    otherLoad: otherLoad(timesBefore, processorTimes()),
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

function stop(message: string): never {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
}

const failed = await main();
if (failed.length > 0)
  console.error(`\nNot measured: ${failed.join(', ')}. What was measured of them is kept: add --resume.`);
// llama.cpp's threads may still be winding down; nothing is left to do.
process.exit(failed.length > 0 ? 1 : 0);
