import type { Comparison, Report, Settings, Table } from '../../harness/benchmark.js';
import { figure, milliseconds } from '../../harness/format.js';
import { figuresOf, pairOf, type Figures, type KindFigures, type Pair } from './figures.js';
import type { Outcome } from './replay.js';

/**
 * One piece of work, and what each completer made of it: with the session, with the file alone, the base line on as much
 * text as the model sees, and on everything.
 */
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
      'Each change that was made is an edit of the session, in the very form that the extension gives it, and each file tells its outline when it is first touched; what is written settles three lines at a time. The file around the cursor is the same for all.',
      'A line is asked for after its first third; a block after Enter behind an opening bracket, up to 8 lines or the first blank one. What is compared is what the extension would show.',
      'Shown: with a mean token probability of at least 0.25, the default. Exact match and similarity count all, shown or not.',
      'Similarity: 1 less the edit distance over the length of the longer text, white space at line ends apart.',
      'Exact match: the rest of the line, or of the block, to the letter, white space at line ends apart.',
      'Saved: a line is typed character by character; what fits is typed through. All of a suggestion is accepted for one key when it is right, else its next word when that is right. 1 less keys over characters.',
      'The 5-gram writes what came last after the longest run of words and signs, four at most, that it has read. "On the same text": of the newest events and of the file around the cursor as many characters as the window shows the model. "On everything": all events of the session, 6,000 characters before the cursor and 2,000 after it. Of the file it forgets everything after each completion, as the model does. It is not sure or unsure, so it is always shown.',
      'What any of them writes goes through the same trims as in the editor.',
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
  head: [
    '',
    'characters',
    'saved',
    'shown',
    'accepted',
    'words of others',
    'tokens evaluated a key',
    'p50',
    'p95',
    'p99',
  ],
  rows: figures.map(({ name, typing, milliseconds: { p50, p95, p99 } }) => [
    name,
    String(typing.characters),
    share(typing.saved),
    String(typing.shown),
    String(typing.accepted),
    String(typing.words),
    figure(typing.evaluatedPerKey),
    milliseconds(p50),
    milliseconds(p95),
    milliseconds(p99),
  ]),
});

const AHEAD = 'ahead of the file alone and of the 5-gram on the same text';

function compare({ work, steps, jobs, figures, lines, blocks }: Measured): Comparison[] {
  const [session] = figures;
  if (!session || figures.length < 4) return [];
  const what = `${work} (${jobs} ${work === 'history' ? 'commits' : 'packages'}, ${steps} edits)`;
  const row = (
    claim: string,
    read: (of: Figures) => number,
    show: (value: number) => string,
    more = '',
  ): Comparison => ({
    claim,
    expected: AHEAD,
    here: figures.map((each) => show(read(each))).join(', ') + more,
    ...remarkOn(figures.map(read)),
  });
  return [
    row(
      `${what}: exact match of lines with the session, with the file alone, by a 5-gram on the same text, on everything`,
      ({ line }) => line.exact,
      share,
      `; right only with the session ${lines.onlyFirst}, only without ${lines.onlySecond}`,
    ),
    row(
      `${work}: similarity of lines (1: exact), likewise`,
      ({ line }) => line.similarity,
      figure,
      `; ${gain(lines)} with the session`,
    ),
    row(
      `${work}: similarity of blocks, likewise`,
      ({ block }) => block.similarity,
      figure,
      `; ${gain(blocks)} with the session`,
    ),
    row(`${work}: characters saved while typing, likewise`, ({ typing }) => typing.saved, share),
    {
      claim: `${work}: tokens evaluated for a keystroke; latency p50, p95`,
      expected: 'the new characters, and what is written anew',
      here: `${figure(session.typing.evaluatedPerKey)}; ${milliseconds(session.milliseconds.p50)}, ${milliseconds(session.milliseconds.p95)}`,
    },
  ];
}

/** Where the session is behind: of whom, and why that is. @param values with the session, without, the 5-grams */
export function remarkOn(values: readonly number[]): { readonly remark?: string } {
  const [session = 0, alone = 0, same = 0, everything = 0] = values;
  const reasons = [
    ...(session < alone ? ['The edits in the window do not help here: the lines around the cursor tell more.'] : []),
    ...(session < same
      ? [
          'Behind a 5-gram on the same text: code repeats itself, and counting copies without error what a model of a few million parameters gets nearly right.',
        ]
      : []),
    ...(session >= same && session < everything
      ? ['Behind a 5-gram on everything, which remembers what has left the window.']
      : []),
  ];
  return reasons.length > 0 ? { remark: reasons.join(' ') } : {};
}

const gain = ({ gain: mean, halfWidth }: Pair): string =>
  `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(3)} ± ${halfWidth.toFixed(3)}`;
