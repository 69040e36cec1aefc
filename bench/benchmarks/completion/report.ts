import type { Comparison, Report, Settings, Table } from '../../harness/benchmark.js';
import { figure, milliseconds } from '../../harness/format.js';
import { figuresOf, pairOf, type Figures, type KindFigures, type Pair } from './figures.js';
import type { Outcome } from './replay.js';

/** One piece of work, and what each completer made of it: with the session, with the file alone, the base line. */
export interface Replayed {
  readonly work: string;
  readonly steps: number;
  /** Packages, or commits. */
  readonly jobs: number;
  readonly outcomes: readonly Outcome[];
}

interface Measured extends Omit<Replayed, 'outcomes'> {
  readonly figures: readonly Figures[];
  readonly lines: Pair;
  readonly blocks: Pair;
}

export function completionReport(settings: Settings, replayed: readonly Replayed[]): Report {
  const measured = replayed.map(measure);
  return {
    figures: { measured },
    tables: measured.flatMap((each) => [qualityTable(each), typingTable(each)]),
    charts: measured.map(({ work, figures }) => ({
      title: `Latency of a completion: ${work}`,
      x: { label: 'percentile' },
      y: { label: 'ms', log: true },
      series: figures.map(({ name, latencies }) => ({
        name,
        points: latencies.map(([share, value]) => [100 * share, value] as const),
      })),
    })),
    comparisons: measured.flatMap(compare),
    notes: [
      'dependencies: of each file every second part of 4 to 30 lines between blank lines is missing at first and is then written from top to bottom, file after file; packages that the built-in models were trained on are left out.',
      "history: this project's own commits of up to 20 files, each change in the order of the file. It grows with the project.",
      'Each change that was made is an edit of the session, in the very form that the extension gives it, and each file tells its outline when it is first touched. The file around the cursor is the same for all.',
      'A line is asked for after its first third; a block after Enter behind an opening bracket, up to 8 lines or the first blank one. What is compared is what the extension would show.',
      'Shown: with a mean token probability of at least 0.25, the default. Exact match and similarity count all, shown or not.',
      'Similarity: 1 less the edit distance over the length of the longer text, white space at line ends apart.',
      'Saved: a line is typed character by character; what fits is typed through, and accepted for one key as soon as all of it is right.',
      'The 5-gram has read the same events and the same file, remembers all of them, and is always shown.',
    ],
    models: [settings.models.sink],
  };
}

function measure({ outcomes, ...rest }: Replayed): Measured {
  const [session, alone] = outcomes;
  const pair = (kind: 'line' | 'block'): Pair =>
    pairOf(
      (session?.asked ?? []).filter((each) => each.kind === kind),
      (alone?.asked ?? []).filter((each) => each.kind === kind),
    );
  return { ...rest, figures: outcomes.map(figuresOf), lines: pair('line'), blocks: pair('block') };
}

const share = (value: number): string => `${figure(100 * value)} %`;

const qualityTable = ({ work, figures }: Measured): Table => ({
  title: `Quality: ${work}`,
  head: ['', 'asked', 'exact match', 'similarity', 'shown', 'exact of those shown'],
  rows: figures.flatMap(({ name, line, block }) => [row(`line, ${name}`, line), row(`block, ${name}`, block)]),
});

const row = (name: string, { asked, exact, similarity, shown, exactOfShown }: KindFigures): string[] => [
  name,
  String(asked),
  share(exact),
  figure(similarity),
  share(shown),
  share(exactOfShown),
];

const typingTable = ({ work, figures }: Measured): Table => ({
  title: `Typing: ${work}`,
  head: ['', 'characters', 'saved', 'shown', 'accepted', 'tokens evaluated a key', 'p50', 'p95', 'p99'],
  rows: figures.map(({ name, typing, milliseconds: { p50, p95, p99 } }) => [
    name,
    String(typing.characters),
    share(typing.saved),
    String(typing.shown),
    String(typing.accepted),
    figure(typing.evaluatedPerKey),
    milliseconds(p50),
    milliseconds(p95),
    milliseconds(p99),
  ]),
});

function compare({ work, steps, jobs, figures, lines, blocks }: Measured): Comparison[] {
  const [session, alone, copy] = figures;
  if (!session || !alone || !copy) return [];
  const three = (read: (of: Figures) => string): string => [session, alone, copy].map(read).join(', ');
  const what = `${work} (${jobs} ${work === 'history' ? 'commits' : 'packages'}, ${steps} edits)`;
  return [
    {
      claim: `${what}: exact match of lines with the session, file alone, 5-gram with copy`,
      expected: 'the session is ahead of both',
      here: `${three(({ line }) => share(line.exact))}; right only with the session ${lines.onlyFirst}, only without ${lines.onlySecond}`,
    },
    {
      claim: `${work}: similarity of lines, likewise`,
      expected: 'the session is ahead of both',
      here: `${three(({ line }) => figure(line.similarity))}; ${gain(lines)} with the session`,
    },
    {
      claim: `${work}: similarity of blocks, likewise`,
      expected: 'the session is ahead of both',
      here: `${three(({ block }) => figure(block.similarity))}; ${gain(blocks)} with the session`,
    },
    {
      claim: `${work}: characters saved, likewise`,
      expected: 'the session is ahead of both',
      here: three(({ typing }) => share(typing.saved)),
    },
    {
      claim: `${work}: tokens evaluated for a keystroke; latency p50, p95`,
      expected: 'the new characters, and what is written anew',
      here: `${figure(session.typing.evaluatedPerKey)}; ${milliseconds(session.milliseconds.p50)}, ${milliseconds(session.milliseconds.p95)}`,
    },
  ];
}

const gain = ({ gain: mean, halfWidth }: Pair): string =>
  `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(3)} ± ${halfWidth.toFixed(3)}`;
