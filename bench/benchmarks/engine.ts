import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark, Comparison, Report, Settings, Table } from '../harness/benchmark.js';
import { figure, milliseconds, times } from '../harness/format.js';
import { SHAPES, writeRandomModel } from '../model/randomModel.js';
import { measureAgainstRecompute, type AgainstRecompute } from './engine/againstRecompute.js';
import { measureLibraryShift, type LibraryShift } from './engine/libraryShift.js';
import { measureOverhead, type Overhead } from './engine/overhead.js';
import { measureSteadyEviction, type SteadyEviction } from './engine/steadyEviction.js';
import { measureTurns, type Turns } from './engine/turns.js';

export const engine: Benchmark = {
  name: 'engine',
  question:
    'What does the never-reset session cost for each token: eviction, turns, the engine around the library; and what would the alternatives cost?',
  timed: true,
  weightsMatter: false,
  minutes: 11,
  async run(settings) {
    const { steady, overhead } = await measurePerToken(settings);
    const recompute: AgainstRecompute[] = [];
    for (const capacity of settings.quick ? [256] : [256, 1024, 2048])
      recompute.push(await measureAgainstRecompute(settings, capacity));
    const library = [await measureLibraryShift(settings, 'sink'), await measureLibraryShift(settings, 'vanilla')];
    const turns = await measureTurns(settings);
    return report({ steady, overhead, recompute, library, turns }, settings);
  },
};

/** On the built-in model, whose tokens cost next to nothing, and on one of a size that people use. */
async function measurePerToken(settings: Settings): Promise<{ steady: SteadyEviction[]; overhead: Overhead[] }> {
  const { quick } = settings;
  const builtIn = { name: 'built-in', path: settings.models.sink };
  const steady = [await measureSteadyEviction(settings, { ...builtIn, segments: quick ? 4 : 40 })];
  const overhead = [await measureOverhead(settings, { ...builtIn, sessions: quick ? 1 : 6 })];
  if (quick) return { steady, overhead };
  const random = { name: 'random 0.5b', path: join(settings.scratch, 'random-0.5b.gguf') };
  await writeRandomModel(random.path, SHAPES['0.5b']);
  steady.push(await measureSteadyEviction(settings, { ...random, segments: 8 }));
  overhead.push(await measureOverhead(settings, { ...random, sessions: 6 }));
  await rm(random.path);
  return { steady, overhead };
}

/** Most that eviction, or the engine around the library, may cost. */
const BOUND = 1.03;

export interface Figures {
  readonly steady: readonly SteadyEviction[];
  readonly overhead: readonly Overhead[];
  readonly recompute: readonly AgainstRecompute[];
  readonly library: readonly LibraryShift[];
  readonly turns: Turns;
}

export function report(figures: Figures, settings: Settings): Report {
  return {
    figures: { ...figures },
    tables: tablesOf(figures),
    charts: [
      {
        title: 'Time of a generated token, full window',
        x: { label: 'cache size, tokens', log: true },
        y: { label: 'milliseconds', log: true },
        series: [
          { name: 'sink, blocks of 64', points: figures.recompute.map((row) => [row.capacity, row.sink.mean]) },
          { name: 'recompute', points: figures.recompute.map((row) => [row.capacity, row.recompute.mean]) },
        ],
      },
    ],
    comparisons: compare(figures),
    notes: [
      'Ratios compare what was measured by turns within this run; absolute times are of this machine and of a model of a few million parameters.',
      'Steady eviction: segments of one block with an eviction before them, by turns with segments at the same occupancy after taking the tail back. The eviction itself and the shift that llama.cpp makes in the next decode count for the first token after it.',
      'Overhead: chat replies of the whole engine (journal on disk, text pieces, scheduler) against an `evaluate` loop of node-llama-cpp from the same tokens with the same sampler; the median over replies, with its 95 % interval.',
      "The library's own context shift erases 100 tokens at once, from index 0 where the stream does not begin with a BOS token; then it silently evaluates the rest again.",
      'Caches larger than what the model was trained with appear for their time only.',
    ],
    models: [settings.models.sink, settings.models.vanilla],
  };
}

function tablesOf({ steady, overhead, recompute, library, turns }: Figures): Table[] {
  return [
    ...steady.map((row) => ({
      title: `${row.model}: decode at an occupancy of ${row.capacity - row.block} to ${row.capacity}, milliseconds per token`,
      head: ['', 'mean', 'median', 'p95', 'worst'],
      rows: [
        ['with an eviction every block', ...Object.values(row.evicting).map((value: number) => figure(value))],
        ['without', ...Object.values(row.still).map((value: number) => figure(value))],
      ],
    })),
    {
      title: 'Engine around the library, milliseconds per generated token',
      head: ['model', 'engine', 'bare loop', 'ratio', 'replies', 'tokens'],
      rows: overhead.map((row) => [
        row.model,
        figure(row.engine),
        figure(row.bare),
        ratioOf(row),
        String(row.replies),
        String(row.tokens),
      ]),
    },
    {
      title: 'Generated token, milliseconds (mean, worst)',
      head: ['cache', 'sink', 'worst', 'recompute', 'worst', 'ratio'],
      rows: recompute.map((row) => [
        String(row.capacity),
        figure(row.sink.mean),
        figure(row.sink.worst),
        figure(row.recompute.mean),
        figure(row.recompute.worst),
        times(row.ratio),
      ]),
    },
    {
      title: "Against the library's own context shift, one stream",
      head: ['model', 'tokens', 'evaluated: engine', 'library', 'time: engine', 'library'],
      rows: library.map((row) => [
        row.model,
        String(row.tokens),
        String(row.engine.evaluated),
        String(row.library.evaluated),
        milliseconds(row.engine.milliseconds),
        milliseconds(row.library.milliseconds),
      ]),
    },
    {
      title: 'Turns of one session',
      head: ['turn', 'new tokens', 'evaluated', 'ratio', 'in the window'],
      rows: turns.turns.map((row) => [
        String(row.turn),
        String(row.streamed),
        String(row.evaluated),
        (row.evaluated / row.streamed).toFixed(2),
        String(row.used),
      ]),
    },
  ];
}

function compare({ steady, overhead, recompute, library, turns }: Figures): Comparison[] {
  const largest = recompute.at(-1)!;
  const at1024 = recompute.find((row) => row.capacity === 1024) ?? largest;
  return [
    ...steady.map(compareSteady),
    {
      claim: 'Tokens evaluated for a turn, over new tokens of the turn',
      expected: '1.00 at turns 1, 100 and 1,000',
      here: turns.turns.map((row) => `${(row.evaluated / row.streamed).toFixed(2)} (turn ${row.turn})`).join(', '),
    },
    {
      claim: 'Tokens evaluated twice in that session',
      expected: '0',
      here: `${turns.reEvaluated}, with ${turns.evicted} evicted and ${turns.resets} resets`,
    },
    {
      claim: `Generated token, against re-computation (cache ${at1024.capacity})`,
      expected: '≥ 22 × from 1024 on; the paper: 6.4 × at 1024, 22.2 × at 4096 (Fig. 10)',
      here: times(at1024.ratio),
    },
    ...library.map((row) => ({
      claim: `${row.model} model: against the library's own context shift, tokens evaluated`,
      expected: 'each token once',
      here: `engine ${(row.engine.evaluated / row.tokens).toFixed(2)} ×, library ${(row.library.evaluated / row.tokens).toFixed(2)} ×; time ${times(row.library.milliseconds / row.engine.milliseconds)}`,
    })),
    ...overhead.map((row) => ({
      claim: `${row.model} model: the engine around a bare \`evaluate\` loop, per generated token`,
      expected: `≤ ${BOUND} ×`,
      here: ratioOf(row),
      ...(row.ratio > BOUND ? { remark: aboveBound(row) } : {}),
    })),
  ];
}

const ratioOf = ({ ratio, interval: [low, high] }: Overhead): string =>
  `${ratio.toFixed(3)} × (${low.toFixed(3)} to ${high.toFixed(3)})`;

function aboveBound({ engine, bare, interval: [low], replies }: Overhead): string {
  if (low <= BOUND)
    return `The ${replies} replies scatter by more than the bound: their 95 % interval reaches below it.`;
  return `${milliseconds(engine - bare)} more for a token of ${milliseconds(bare)}.`;
}

/** What the token after an eviction takes more, spread over its block: medians, which a busy machine moves little. */
const amortised = (row: SteadyEviction): number => 1 + row.extraOfFirstToken / (row.block * row.still.median);

function compareSteady(row: SteadyEviction): Comparison {
  const remark =
    amortised(row) > BOUND
      ? `A token takes ${milliseconds(row.still.median)} here; the fixed cost of a shift weighs more the smaller the model is.`
      : row.ratio > BOUND
        ? 'The times of whole blocks scatter by more than the difference, since the machine did other things besides.'
        : undefined;
  return {
    claim: `${row.model} model: decode with steady eviction, against none at the same occupancy (blocks of ${row.block})`,
    expected: `≤ ${BOUND} ×`,
    here: `${amortised(row).toFixed(3)} × by the medians of single tokens, ${row.ratio.toFixed(3)} × by those of whole blocks; the token after an eviction takes ${milliseconds(row.extraOfFirstToken)} more, the worst one ${milliseconds(row.evicting.worst)} in all`,
    ...(remark === undefined ? {} : { remark }),
  };
}
