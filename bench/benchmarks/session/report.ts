import type { Comparison, Report, Settings, Table } from '../../harness/benchmark.js';
import { figure, milliseconds, times } from '../../harness/format.js';
import type { Chart, Series } from '../../plot/chart.js';
import { median, quantile } from '../../statistics.js';
import { PEER_RESERVE, type Day, type Turn } from './replay.js';

/** Turns around a mark whose median stands for it: a single turn is as long as its question happens to be. */
const AROUND = 5;

export function report(settings: Settings, day: Day): Report {
  return {
    figures: { day: { ...day, turns: columns(day.turns) } },
    tables: [turnTable(day), dayTable(day)],
    charts: [tokenChart(day), timeChart(day)],
    comparisons: compare(day),
    notes: [
      'The day is made from the sources of the dependencies, the same in every run: someone writes them from top to bottom, three edits a round, has the next line completed and asks a question. It is not the recording of a person.',
      `The peers: the same model and the same turns, the prompt built anew for each question from the last tokens that fit, with ${PEER_RESERVE} kept for the reply. A plain one evaluates all of it. One that keeps its cache is spared the front that has not changed, until the prompt is full and its front moves. A thrifty one cuts its prompt to half then, which it evaluates, and keeps its cache until it is full again: it sees less than the others. Their tokens are counted for every turn, the time of the plain one is measured at the turns shown.`,
      `Tokens of a turn vary with the edits; the table gives the turn itself, the times are medians of up to ${AROUND} turns.`,
      "The engine's first token comes after the question alone: the edits were read while nobody waited.",
    ],
    models: [settings.models.sink],
  };
}

/** Figures by name: a thousand turns as objects would be mostly names. */
function columns(turns: readonly Turn[]): Record<string, readonly number[]> {
  const column = (of: (turn: Turn) => number): readonly number[] => turns.map(of);
  return {
    streamed: column((turn) => turn.streamed),
    added: column((turn) => turn.added),
    engine: column((turn) => turn.engine),
    plain: column((turn) => turn.peer.plain),
    keeping: column((turn) => turn.peer.keeping),
    halving: column((turn) => turn.peer.halving),
    firstToken: column((turn) => turn.firstToken),
    completion: column((turn) => turn.completion),
    branched: column((turn) => turn.branched),
  };
}

/** @param turn counted from 1. */
const around = (day: Day, turn: number, of: (turn: Turn) => number): number =>
  median(
    day.turns
      .slice(Math.max(0, turn - AROUND), turn)
      .map(of)
      .filter((value) => Number.isFinite(value)),
  );

const sum = (day: Day, of: (turn: Turn) => number): number => day.turns.reduce((total, turn) => total + of(turn), 0);

const turnTable = (day: Day): Table => ({
  title: 'Turns',
  head: [
    'turn',
    'stream so far',
    'tokens of the turn',
    'engine evaluates',
    'plain peer',
    'ratio',
    'keeping its cache',
    'halving its prompt',
    'first token: engine',
    'plain peer',
    'completion',
  ],
  rows: day.marks.flatMap((mark) => {
    const turn = day.turns[mark.turn - 1];
    if (turn === undefined) return [];
    return [
      [
        String(mark.turn),
        String(turn.streamed),
        String(turn.added),
        String(turn.engine),
        String(turn.peer.plain),
        times(turn.peer.plain / turn.engine),
        String(turn.peer.keeping),
        String(turn.peer.halving),
        milliseconds(around(day, mark.turn, (each) => each.firstToken)),
        milliseconds(mark.peerFirstToken),
        milliseconds(around(day, mark.turn, (each) => each.completion)),
      ],
    ];
  }),
});

function dayTable(day: Day): Table {
  const firstTokens = day.turns.map((turn) => turn.firstToken).filter((value) => Number.isFinite(value));
  const completions = day.turns.map((turn) => turn.completion);
  const spread = (values: readonly number[]): string =>
    `${milliseconds(median(values))}, ${milliseconds(quantile(values, 0.95))}`;
  return {
    title: 'The day',
    head: ['', ''],
    rows: [
      ['edits', String(day.edits)],
      ['questions and completions', `${day.turns.length} each`],
      ['tokens streamed', String(day.streamed)],
      ['tokens evaluated for the stream', String(day.evaluated - day.branched)],
      ['tokens evaluated for completions, and rolled back', String(day.branched)],
      ['tokens that a plain peer evaluates for the questions alone', String(sum(day, (turn) => turn.peer.plain))],
      ['one that keeps its cache', String(sum(day, (turn) => turn.peer.keeping))],
      ['one that halves its prompt', String(sum(day, (turn) => turn.peer.halving))],
      ['tokens evicted', String(day.evicted)],
      ['tokens evaluated twice', String(day.reEvaluated)],
      ['resets', String(day.resets)],
      ['first token: median, p95', spread(firstTokens)],
      ['completion: median, p95', spread(completions)],
      ['replayed in', `${figure(day.seconds)} s`],
    ],
  };
}

/** Stretches of turns, each a quarter longer than the one before: a logarithmic axis shows no more. */
function stretches(turns: readonly Turn[]): { readonly middle: number; readonly part: readonly Turn[] }[] {
  const found: { middle: number; part: readonly Turn[] }[] = [];
  for (let start = 0; start < turns.length;) {
    const end = Math.min(turns.length, Math.max(start + 1, Math.floor(start * 1.25)));
    found.push({ middle: (start + 1 + end) / 2, part: turns.slice(start, end) });
    start = end;
  }
  return found;
}

const series = (name: string, day: Day, of: (turn: Turn) => number): Series => ({
  name,
  points: stretches(day.turns).map(({ middle, part }) => [
    middle,
    median(part.map(of).filter((value) => Number.isFinite(value))),
  ]),
});

const tokenChart = (day: Day): Chart => ({
  title: 'Tokens evaluated for a turn',
  x: { label: 'turn', log: true },
  y: { label: 'tokens (medians)' },
  series: [
    series('engine', day, (turn) => turn.engine),
    series('plain peer', day, (turn) => turn.peer.plain),
    series('peer, keeps its cache', day, (turn) => turn.peer.keeping),
    series('peer, halves its prompt', day, (turn) => turn.peer.halving),
  ],
});

const timeChart = (day: Day): Chart => ({
  title: 'What a person waits for',
  x: { label: 'turn', log: true },
  y: { label: 'milliseconds (medians)', log: true },
  series: [
    series('first token', day, (turn) => turn.firstToken),
    series('completion', day, (turn) => turn.completion),
    {
      name: 'first token, plain peer',
      points: day.marks.map((mark) => [mark.turn, mark.peerFirstToken]),
      dashed: true,
    },
  ],
});

function compare(day: Day): Comparison[] {
  const last = day.marks.at(-1)!;
  const engineFirst = around(day, last.turn, (turn) => turn.firstToken);
  const engine = day.evaluated - day.branched;
  const overDay = (of: (turn: Turn) => number): string => times(sum(day, of) / engine);
  const ratios = [1, 10, 100, 1000].flatMap((at) => {
    const turn = day.turns[at - 1];
    return turn === undefined ? [] : [`${times(turn.peer.plain / turn.engine)} (turn ${at})`];
  });
  return [
    {
      claim: 'Tokens evaluated for a turn: a peer that re-prompts, over the engine',
      expected: 'grows until the prompt is as long as the context, then stays',
      here: ratios.join(', '),
      remark: `The context is small here (${day.capacity}); with a longer one the peer has more to repeat.`,
    },
    {
      claim: 'Over the whole day: plain peer, one that keeps its cache, one that halves its prompt when it is full',
      expected: '> 1 each',
      here: [
        overDay((turn) => turn.peer.plain),
        overDay((turn) => turn.peer.keeping),
        overDay((turn) => turn.peer.halving),
      ].join(', '),
    },
    {
      claim: `Time to first token at turn ${last.turn}: plain peer over engine`,
      expected: '> 1',
      here: `${times(last.peerFirstToken / engineFirst)} (${milliseconds(last.peerFirstToken)} over ${milliseconds(engineFirst)})`,
    },
    {
      claim: 'Tokens evaluated twice over the day, resets',
      expected: '0, 0',
      here: `${day.reEvaluated} of ${day.evaluated} evaluated with ${day.evicted} evicted, ${day.resets}`,
    },
  ];
}
