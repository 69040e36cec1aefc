import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Token } from 'node-llama-cpp';
import type { KvSequence } from '../../inference/llama/kvSequence.js';
import { openBare } from '../baseline/bareSequence.js';
import type { Benchmark, Comparison, Report, Settings, Table } from '../harness/benchmark.js';
import { figure, mebibytes, times } from '../harness/format.js';
import { openModel } from '../model/openModel.js';
import { HALF_BILLION, writeRandomModel } from '../model/randomModel.js';
import type { Chart } from '../plot/chart.js';
import { tokenTimes, type TokenTimes } from '../statistics.js';
import { timeGeneration } from '../stream/generation.js';
import { ScoredStream } from '../stream/scoredStream.js';
import { takeTokens } from '../text/tokens.js';

interface Subject {
  readonly name: string;
  readonly path: string;
  readonly sizes: readonly number[];
  readonly generated: number;
  readonly recomputed: number;
}

interface Row {
  readonly capacity: number;
  readonly sink: TokenTimes;
  /** Share of the time that evictions take: what the mean is above the median. */
  readonly evictionShare: number;
  readonly recompute: TokenTimes;
  readonly library: TokenTimes;
  /** Bytes of the full cache's state. */
  readonly memory: number;
  /** Recompute over sink, means. */
  readonly ratio: number;
}

interface Measured {
  readonly name: string;
  readonly rows: readonly Row[];
}

const BLOCK = 64;

export const latency: Benchmark = {
  name: 'latency',
  question:
    'What does a generated token cost once the cache is full, for caches of 256 to 4096 tokens: with sinks, with re-computation, and with the context shift that node-llama-cpp makes by itself?',
  timed: true,
  async run(settings) {
    const random = join(settings.scratch, 'random-0.4B.gguf');
    const measured: Measured[] = [];
    for (const subject of subjects(settings, random)) {
      if (subject.path === random) await writeRandomModel(random, HALF_BILLION);
      const rows: Row[] = [];
      for (const capacity of subject.sizes) rows.push(await measure(settings, subject, capacity));
      measured.push({ name: subject.name, rows });
    }
    const report = reportOf(settings, measured);
    await rm(random, { force: true });
    return report;
  },
};

function subjects(settings: Settings, random: string): Subject[] {
  const builtIn = { name: 'built-in sink model', path: settings.models.sink };
  if (settings.quick) return [{ ...builtIn, sizes: [128, 256], generated: 96, recomputed: 2 }];
  return [
    { ...builtIn, sizes: [256, 512, 1024, 2048, 4096], generated: 320, recomputed: 6 },
    { name: 'random 0.4B, Q8_0', path: random, sizes: [256, 512, 1024], generated: 96, recomputed: 2 },
  ];
}

async function measure(settings: Settings, subject: Subject, capacity: number): Promise<Row> {
  const stage = settings.progress.stage(`${subject.name}, cache of ${capacity}`, 4);
  const { sequence, vocabulary } = await openModel(subject.path, { capacity });
  const tokens = await takeTokens(settings.root, vocabulary, capacity + 1, { perPackage: 0 });
  const first = tokens[capacity]!;
  const filling = tokens.slice(0, capacity);

  const shape = { policy: 'sink', sinks: 4, capacity, block: BLOCK } as const;
  const stream = await ScoredStream.open(sequence, shape);
  await stream.feed(
    filling,
    filling.map(() => undefined),
  );
  const memory = await stateBytes(sequence, settings);
  stage.advance(1);
  const sink = tokenTimes(await timeGeneration(stream.live, first, subject.generated));
  stage.advance(1);
  // The same cache goes on under the other policy: what it holds does not matter for the time.
  const fresh = ScoredStream.resume(sequence, { ...shape, policy: 'recompute', block: 1 }, capacity);
  const rest = filling.slice(0, fresh.live.window.free);
  await fresh.feed(
    rest,
    rest.map(() => undefined),
  );
  const recompute = tokenTimes(await timeGeneration(fresh.live, first, subject.recomputed));
  stage.advance(1);
  const library = tokenTimes(await timeLibrary(subject, capacity, filling, first));
  stage.advance(1);
  return {
    capacity,
    sink,
    evictionShare: Math.max(0, 1 - sink.median / sink.mean),
    recompute,
    library,
    memory,
    ratio: recompute.mean / sink.mean,
  };
}

/** What the cache holds, as llama.cpp writes it out: exact, where the size of the process is anybody's guess. */
async function stateBytes(sequence: KvSequence, settings: Settings): Promise<number> {
  const path = join(settings.scratch, 'latency.kv');
  await mkdir(settings.scratch, { recursive: true });
  await sequence.settle();
  await sequence.save(path);
  const { size } = await stat(path);
  await rm(path);
  return size;
}

/** The library's own loop over its own shift, once its context is full. */
async function timeLibrary(
  subject: Subject,
  capacity: number,
  filling: readonly number[],
  first: number,
): Promise<number[]> {
  const { sequence } = await openBare(subject.path, capacity);
  await sequence.evaluateWithoutGeneratingNewTokens(filling.slice(0, capacity - 1) as Token[]);
  const milliseconds: number[] = [];
  const steps = sequence.evaluate([first as Token], { temperature: 0, yieldEogToken: true });
  while (milliseconds.length < subject.generated) {
    const start = performance.now();
    await steps.next();
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}

function reportOf(settings: Settings, measured: readonly Measured[]): Report {
  return {
    figures: { models: measured },
    tables: measured.map(tableOf),
    charts: measured.map(chartOf),
    comparisons: measured.flatMap(compare),
    notes: [
      `Greedy generation into a full cache. Sinks: 4, blocks of ${BLOCK}; re-computation: the whole window for every token, as in the paper; the library: 100 tokens leave at once, and where the stream does not begin with a BOS token it evaluates the rest again.`,
      'The worst token with sinks is one that comes after an eviction (llama.cpp shifts the keys in the next decode) or one during which the machine did something else; the share of evictions is what the mean lies above the median.',
      'Memory: the keys and values of the full cache, as llama.cpp writes them out. It is the same under every policy.',
      'The random model has 24 layers of width 896, as models of half a billion parameters do, and a vocabulary of bytes; its text means nothing and its times are real.',
      'A 7B model is not measured: this project has no GPU at hand for it.',
    ],
    models: [settings.models.sink],
  };
}

const tableOf = ({ name, rows }: Measured): Table => ({
  title: `${name}: milliseconds per generated token`,
  head: [
    'cache',
    'sink: median',
    'p95',
    'worst',
    'mean',
    'evictions',
    'recompute: mean',
    'ratio',
    "library's shift: mean",
    'worst',
    'memory',
  ],
  rows: rows.map((row) => [
    String(row.capacity),
    figure(row.sink.median),
    figure(row.sink.p95),
    figure(row.sink.worst),
    figure(row.sink.mean),
    `${(100 * row.evictionShare).toFixed(1)} %`,
    figure(row.recompute.mean),
    times(row.ratio),
    figure(row.library.mean),
    figure(row.library.worst),
    mebibytes(row.memory),
  ]),
});

const chartOf = ({ name, rows }: Measured): Chart => ({
  title: `Time of a generated token, ${name}`,
  x: { label: 'cache size, tokens', log: true },
  y: { label: 'milliseconds (mean)', log: true },
  series: [
    { name: 'sink', points: rows.map((row) => [row.capacity, row.sink.mean]) },
    { name: 'recompute', points: rows.map((row) => [row.capacity, row.recompute.mean]) },
    { name: "library's own shift", points: rows.map((row) => [row.capacity, row.library.mean]), dashed: true },
  ],
});

/** Fig. 10, Llama-2-7B. */
const PAPER: Readonly<Record<number, string>> = { 256: '2.0', 512: '3.3', 1024: '6.4', 2048: '11.6', 4096: '21.7' };

const compare = ({ name, rows }: Measured): Comparison[] => [
  {
    claim: `${name}: re-computation over sinks, per token`,
    expected: `${rows.map((row) => `${PAPER[row.capacity] ?? '–'} (${row.capacity})`).join(', ')} (Llama-2-7B, Fig. 10); 22.2 for 13B at 4096`,
    here: rows.map((row) => `${figure(row.ratio)} (${row.capacity})`).join(', '),
    remark:
      "On one processor core a window of many tokens costs what it has to; the paper's GPU evaluates it in parallel, so its ratios begin lower.",
  },
  {
    claim: `${name}: the library's own shift over sinks, mean per token`,
    expected: '–',
    here: rows.map((row) => `${figure(row.library.mean / row.sink.mean)} (${row.capacity})`).join(', '),
  },
];
