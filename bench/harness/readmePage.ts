import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { readMachine, readModelFile } from './machine.js';
import { comparisonTable, markdownTable, readResult, type Result } from './results.js';

/** Writes the page that puts every result side by side with the paper's figures. */
export async function writeReadme(root: string, benchmarks: readonly Benchmark[]): Promise<void> {
  const folder = join(root, 'bench/results');
  const { nodeLlamaCpp } = await readMachine(root);
  const sections: string[] = [];
  const overview: string[][] = [];
  for (const benchmark of benchmarks) {
    const { name, question, minutes } = benchmark;
    const result = await readResult(folder, name);
    const reasons = result === undefined ? [] : await reservations(root, result, benchmark, nodeLlamaCpp);
    overview.push([
      `[${name}](#${name})`,
      String(minutes),
      result === undefined ? '' : result.at.slice(0, 10),
      result === undefined ? 'not yet measured' : reasons.length === 0 ? 'holds' : 'to be measured again',
    ]);
    sections.push(`## ${name}`, '', question, '');
    if (result === undefined) {
      sections.push(`Not yet measured: \`npm run bench -- ${name}\`.`, '');
      continue;
    }
    sections.push(...comparisonTable(result.comparisons));
    sections.push(`[All figures](results/${name}.md), \`${result.command}\`, ${result.at.slice(0, 10)}.`, '');
    if (reasons.length > 0) sections.push(`**To be measured again**: ${reasons.join('; ')}.`, '');
  }
  const table = markdownTable(['benchmark', 'minutes of one core, about', 'measured', 'state'], overview);
  await writeFile(join(root, 'bench/README.md'), [INTRODUCTION, ...table, '', ...sections].join('\n'));
}

/** What makes a result less than it should be. */
async function reservations(
  root: string,
  result: Result,
  { timed, weightsMatter }: Benchmark,
  nodeLlamaCpp: string,
): Promise<string[]> {
  const reasons: string[] = [];
  if (result.quick) reasons.push('it was a quick run, to see that it works');
  const length = /--tokens \S+/.exec(result.command)?.[0];
  if (length !== undefined) reasons.push(`it was run with \`${length}\`, not at its full length`);
  for (const model of result.models) {
    const now = await readModelFile(join(root, 'models', model.file)).catch(() => undefined);
    if (now === undefined || now.sha256 === model.sha256) continue;
    const sameLayout = model.layout !== undefined && now.layout === model.layout;
    if (weightsMatter || !sameLayout) reasons.push(`\`${model.file}\` was another model than the one that is here now`);
  }
  if (result.machine.nodeLlamaCpp !== nodeLlamaCpp)
    reasons.push(`it was node-llama-cpp ${result.machine.nodeLlamaCpp}, and ${nodeLlamaCpp} is here now`);
  if (timed && result.otherLoad > CALM)
    reasons.push(
      `the machine did other things besides (load ${result.otherLoad.toFixed(1)} on ${result.machine.cores} cores)`,
    );
  return reasons;
}

/** Load up to which times are trusted. */
const CALM = 0.7;

const INTRODUCTION = `# Benchmarks

Every claim of *Efficient Streaming Language Models with Attention Sinks* (arXiv 2309.17453) that the engine makes use
of, and every one of our own, measured on this engine: \`npm run bench -- NAME\`, or \`npm run bench\` for as many of the
shortest as fit in an hour (after \`npm start\` or \`npm test\`, which install what is needed). Each run writes its figures
to \`bench/results/NAME.json\`, a page \`NAME.md\` and a plot \`NAME.svg\`; this page is written from them by
\`npm run bench -- readme\`. One that was stopped goes on with \`--resume\`, all but \`engine\`, \`stability\` and \`session\`.
\`--quick\` shows that a benchmark works; its figures are no results. One that fails does not keep the others from being
measured.

How to read them:

- "Expected" is the paper's figure, with the model and the table or figure it is from, or the bound that this project sets
  itself; "measured" is what came out here, in the order that the claim names.
- Perplexity tells how well a model knows the next token: 1 is certainty, less is better, and a ratio of 1.00 is no loss.
  Nats are natural logarithms of probabilities.
- The streams are sources of the project's pinned dependencies, in the order of the lockfile. Packages that the built-in
  models were trained on are left out (\`training/corpus/packages.json\`). \`answers\` has sessions made from those that were
  held out of the training.
- The built-in models have a few million parameters, the paper's have 160 million to 70 billion. What is compared is the
  shape of a result, not its size; the paper's figure stands beside ours so that the difference can be seen.
- Everything runs through \`inference/\`, on one thread without a GPU. Speeds are ratios within one run on a machine that
  may do other things as well. \`latency\` also runs on a GPU: \`npm run bench -- latency --shape 7b --gpu auto\` makes a
  model of random weights in the shape of Llama-2-7B (7 GB on the disk) and writes to \`dist/bench\`.
- "Holds" says that the model files and the library are those that were measured, and that a benchmark that is about
  times (\`latency\`, \`engine\`, \`session\`, \`completion\`) had the machine to itself. For \`engine\` and \`latency\`, whose ratios of times and of tokens do not depend on what the model
  says, other weights in a model of the same layout are the same model.
- Where a figure falls short of the claim, the remark says why.
`;
