import type { Report, Settings, Table } from '../../harness/benchmark.js';
import { figure } from '../../harness/format.js';
import type { Chart, Series } from '../../plot/chart.js';
import type { Arm } from './arms.js';
import { compare } from './compare.js';
import { BLOCK, PER_PACKAGE, type Measured } from './measure.js';
import { pairedText } from './paired.js';

export function report(measured: readonly Measured[], settings: Settings): Report {
  return {
    figures: Object.fromEntries(measured.map(({ twin, ...figures }) => [twin, withoutScores(figures)])),
    tables: measured.flatMap(tablesOf),
    charts: [...measured.flatMap(chartsOf), ...sizeCharts(measured)],
    comparisons: measured.flatMap(compare),
    notes: [
      `The stream: sources of pinned dependencies in lockfile order, at most ${PER_PACKAGE} tokens of each package; the same text for both models.`,
      'The numbers of sinks and re-computation are measured over the long stream, everything else over its beginning: "tokens read" says which.',
      'Quoted over the positions after twice the capacity, the same ones for every arm of a model (of "dense" the ones that it reaches, of "recompute" every so many).',
      `Tokens leave in blocks of ${BLOCK} unless the table says otherwise, so the window is on average half a block smaller than its capacity. During a step the query sees at most the capacity, itself included; the paper's code lets it see one token more.`,
      '"recompute" is the paper\'s: for each position a fresh evaluation of the last tokens that fit.',
      'The sink-token model was drawn to its sink by an auxiliary loss in the middle of its training (training/presets.py), and trained on without it; the vanilla twin was not. How far it collapses without its sink is therefore a matter of that recipe, not evidence for a size.',
      'The interval of a ratio is 95 %, from the means of 20 parts of the stream. Perplexities themselves vary far more, with the text.',
    ],
    models: [settings.models.vanilla, settings.models.sink],
  };
}

/** Plain data, with everything but what would make the file as long as the stream. */
const withoutScores = (figures: object): unknown =>
  JSON.parse(JSON.stringify(figures, (key, value: unknown) => (key === 'scores' ? undefined : value)));

const rowOf = (arm: Arm, natural: Arm | undefined, capacity: number): string[] => [
  arm.label,
  figure(arm.perplexity, 4),
  pairedText(arm, natural, capacity),
  figure(arm.before, 4),
  String(arm.tokens),
  String(arm.positions),
  String(arm.evicted),
];

function tablesOf(measured: Measured): Table[] {
  const { twin, plan, natural, policies, sizes, positions, blocks } = measured;
  const own = `${natural}+${plan.capacity - natural}`;
  const head = [
    'arm',
    'perplexity after',
    `over ${own}, same positions`,
    'perplexity before full',
    'tokens read',
    'positions',
    'tokens evicted',
  ];
  const table = (title: string, arms: Record<string, Arm>): Table => ({
    title: `${twin}: ${title}`,
    head,
    rows: Object.values(arms).map((arm) => rowOf(arm, policies[own], plan.capacity)),
  });
  return [
    table('policies and sinks (sinks + recent)', policies),
    table('cache size', sizes),
    table('block size', blocks),
    matchedTable(measured),
    table('positions', positions),
  ].filter(({ rows }) => rows.length > 0);
}

/** Where a block size does worse: is it that the window is smaller on average, or that keys are rounded more often? */
function matchedTable({ twin, plan, blocks, matched }: Measured): Table {
  return {
    title: `${twin}: block size, against the same evictions with keys of 32 bits`,
    head: ['block', 'perplexity', 'with keys of 32 bits', 'what rounding makes of it', 'evictions'],
    rows: Object.entries(matched).flatMap(([block, exact]) => {
      const arm = blocks[block];
      if (arm === undefined) return [];
      return [
        [
          block,
          figure(arm.perplexity, 4),
          figure(exact.perplexity, 4),
          pairedText(exact, arm, plan.capacity),
          String(Math.round(arm.evicted / Number(block))),
        ],
      ];
    }),
  };
}

export function chartsOf({ twin, plan, policies, positions }: Measured): Chart[] {
  const series = (arms: Record<string, Arm>): Series[] =>
    Object.values(arms)
      // A curve of a few positions each would show their scatter and nothing else.
      .filter((arm) => arm.label !== 'recompute' && arm.curve.length > 1)
      .map((arm) => ({ name: arm.label, points: arm.curve, dashed: arm.label === 'dense' }));
  return [
    {
      title: `Perplexity along the stream, ${twin} model`,
      x: { label: 'position in the stream, tokens' },
      y: { label: 'perplexity', log: true },
      series: [...series(policies), ...series({ original: positions['original']! })],
      marks: [{ x: plan.capacity, label: 'cache full' }],
    },
  ];
}

/** Table 6, and the cost of blocks: the sizes of both models in one plot each. */
function sizeCharts(measured: readonly Measured[]): Chart[] {
  const points = (arms: Record<string, Arm>): (readonly [number, number])[] =>
    Object.entries(arms)
      .map(([size, arm]) => [Number(size), arm.perplexity] as const)
      .sort(([a], [b]) => a - b);
  return [
    {
      title: 'Perplexity against the size of the cache',
      x: { label: 'tokens in the cache', log: true },
      y: { label: 'perplexity' },
      series: measured.map(({ twin, sizes }) => ({ name: twin, points: points(sizes) })),
    },
    {
      title: 'Perplexity against the tokens that leave at once',
      x: { label: 'tokens of a block', log: true },
      y: { label: 'perplexity' },
      series: measured.flatMap(({ twin, blocks, matched }) => [
        { name: twin, points: points(blocks) },
        { name: `${twin}, keys of 32 bits`, points: points(matched), dashed: true },
      ]),
    },
  ];
}
