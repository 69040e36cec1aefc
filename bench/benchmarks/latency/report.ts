import type { Comparison, Report, Settings, Table } from '../../harness/benchmark.js';
import { figure, mebibytes, times } from '../../harness/format.js';
import type { Chart } from '../../plot/chart.js';
import { BLOCK, type Measured } from './measure.js';

export function reportOf(settings: Settings, measured: readonly Measured[]): Report {
  return {
    figures: { models: measured },
    tables: measured.map(tableOf),
    charts: measured.map(chartOf),
    comparisons: measured.flatMap((each) => compare(each, settings)),
    notes: [
      `Greedy generation into a full cache. Sinks: 4, blocks of ${BLOCK}; re-computation: the whole window for every token, as in the paper; the library: 100 tokens leave at once, and where the stream does not begin with a BOS token it evaluates the rest again.`,
      'The worst token with sinks is one that comes after an eviction (llama.cpp shifts the keys in the next decode) or one during which the machine did something else; the share of evictions is what the median token after one takes more than the median of the others.',
      'Memory: the keys and values of the full cache, as llama.cpp writes them out. It is the same under every policy.',
      'A model of random weights has the layers of a real one and a vocabulary of bytes: its text means nothing and its times are real. "0.5b" is built as Qwen2.5-0.5B, "7b" as Llama-2-7B.',
      'The paper measured on a GPU. `npm run bench -- latency --shape 7b --gpu auto` does so with a model of the same shape as its own where there is one with 12 GB of memory; it writes 7 GB to the disk first.',
    ],
    models: settings.shape === undefined ? [settings.models.sink] : [],
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
    'median',
    'ratio',
    "library's shift: mean",
    'median',
    'worst',
    'memory',
  ],
  rows: rows.map((row) => [
    String(row.capacity),
    figure(row.sink.median),
    figure(row.sink.p95),
    figure(row.sink.worst),
    figure(row.sink.mean),
    percent(row.evictionShare),
    figure(row.recompute.mean),
    figure(row.recompute.median),
    times(row.ratio),
    figure(row.library.mean),
    figure(row.library.median),
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

const compare = ({ name, rows }: Measured, { device }: Settings): Comparison[] => [
  {
    claim: `${name}: re-computation over sinks, per token`,
    expected: `${rows.map((row) => `${PAPER[row.capacity] ?? '–'} (${row.capacity})`).join(', ')} (Llama-2-7B, Fig. 10); 22.2 for 13B at 4096`,
    here: rows.map((row) => `${figure(row.ratio)} (${row.capacity})`).join(', '),
    ...(device.gpu === 'off'
      ? {
          remark:
            "On one processor core a window of many tokens costs what it has to; the paper's GPU evaluates it in parallel, so its ratios begin lower.",
        }
      : {}),
  },
  {
    claim: `${name}: a token with sinks, median of ${rows.map((row) => row.capacity).join(', ')}`,
    expected: '31, 31, 35, 45, 65 ms (256 to 4096, Llama-2-7B on an A6000, Fig. 10)',
    here: `${rows.map((row) => figure(row.sink.median)).join(', ')} ms; evictions take ${rows.map((row) => percent(row.evictionShare)).join(', ')}`,
  },
  {
    claim: `${name}: the library's own shift over sinks, mean per token`,
    expected: '–',
    here: rows.map((row) => `${figure(row.library.mean / row.sink.mean)} (${row.capacity})`).join(', '),
  },
];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
