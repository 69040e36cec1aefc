import type { Benchmark, Comparison, Report, Settings, Table } from '../harness/benchmark.js';
import { figure } from '../harness/format.js';
import { shareInterval } from '../statistics.js';
import { readHeldoutSessions } from '../text/heldoutSessions.js';
import {
  answerable,
  byDistance,
  byFiles,
  byKind,
  DISTANCES,
  gone,
  leaving,
  shareOf,
  tooLate,
  type Distance,
  type Share,
} from './answers/judge.js';
import { runAnswers, type AnswersArm, type Asked } from './answers/run.js';

export interface Measured {
  readonly arm: AnswersArm;
  readonly name: string;
  readonly asked: readonly Asked[];
}

export const answers: Benchmark = {
  name: 'answers',
  question:
    'Sessions as people have them, from packages that the built-in models were not trained on, one after another in one never-reset session: are questions answered from what the window holds, at every distance, and what is said when the answer has left?',
  timed: false,
  weightsMatter: true,
  minutes: 45,
  async run(settings) {
    const sessions = await readHeldoutSessions(settings.root);
    const measured: Measured[] = [];
    for (const arm of arms(settings)) {
      const measure = (): Promise<Asked[]> => runAnswers(settings, arm, sessions);
      measured.push({ arm, name: arm.name, asked: await settings.parts.once(arm.name, measure) });
    }
    return report(settings, measured);
  },
};

function arms({ quick, models }: Settings): AnswersArm[] {
  const sink = { model: models.sink, policy: 'sink', reserve: RESERVE, sessions: Infinity } as const;
  if (quick) return [{ ...sink, name: 'sink model, cache 512', capacity: 512, sessions: 6 }];
  return [
    { ...sink, name: 'sink model, cache 1024', capacity: 1024 },
    { ...sink, name: 'sink model, cache 512', capacity: 512 },
    { ...sink, name: 'vanilla model, cache 1024', model: models.vanilla, capacity: 1024 },
    { ...sink, name: `sink model, ${SHARED}`, capacity: 1024, reserve: 0 },
    { ...sink, name: `vanilla model, ${SHARED}`, model: models.vanilla, capacity: 1024, reserve: 0 },
    { ...sink, name: RECOMPUTED, policy: 'recompute', capacity: 1024, sessions: RECOMPUTED_SESSIONS },
  ];
}

/** Tokens kept for completions, of which there are none here: so few that nearly all of the cache is window. */
const RESERVE = 16;

/** As the extension starts it. */
const SHARED = 'cache 1024, a quarter for completions';

/** Evaluates the window anew at each eviction, so only a part of the sessions. */
const RECOMPUTED = 'sink model, cache 1024, re-computation';
const RECOMPUTED_SESSIONS = 24;

/** Percent of right answers that the project asks for, within the window. */
const ENOUGH = 90;

function report(settings: Settings, measured: readonly Measured[]): Report {
  return {
    figures: {
      measured: measured.map(({ name, asked }) => ({
        name,
        within: byDistance(asked),
        kinds: byKind(answerable(asked)),
        gone: shareOf(gone(asked)),
        talk: shareOf(asked.filter(({ asks }) => asks === 'talk')),
        evicted: asked.at(-1)?.evicted ?? 0,
      })),
    },
    tables: [
      distanceTable(measured),
      kindTable(measured),
      filesTable(measured),
      goneTable(measured),
      ...measured.slice(0, 1).map(wrongTable),
    ],
    charts: [
      {
        title: 'Right answers against distance, within the window',
        x: { label: 'tokens back' },
        y: { label: '%', domain: [0, 100] },
        series: measured.map(({ name, asked }) => ({
          name,
          points: byDistance(asked)
            .filter(({ share }) => share.asked > 0)
            .map(({ tokens, share }) => [tokens, percent(share.right, share)] as const),
        })),
      },
    ],
    comparisons: [
      ...measured.filter(({ arm }) => arm.policy === 'sink').flatMap(compare),
      ...compareRecomputed(measured),
    ],
    notes: [
      'The sessions are made as those of the training are, from held-out packages (luxon, koa, knex, superstruct, @tanstack/query-core) and with a seed of their own: `python3 -m training.stream_cases`. Wordings of questions and forms of answers are those that were trained.',
      'An answer is right if every character is. The model’s own replies stay in the stream, the wrong ones too. Greedy, with the engine’s penalty for loops within a reply.',
      'Tokens back: from the event that answers, that event included, to the question. Which event that is, the generator of the sessions says. Within the window: it was there until the reply was written.',
      `The cache keeps ${RESERVE} tokens for completions, of which there are none here, so that nearly all of it is window; "a quarter for completions" is how the extension starts the built-in models.`,
      'Left the window: a question that names what it asks about, asked once more three sessions later or more, when that name stands nowhere in the window. "Says so": the reply begins "I cannot see" and names it.',
      ...measured.map(({ name, asked }) => {
        const late = shareOf(tooLate(asked));
        const left = shareOf(leaving(asked));
        return `${name}: ${late.asked} questions came for the first time when the event that answers them had left already (${late.right} right, from what the window told besides; ${late.honest} said that they could not see it), and for ${left.asked} it left while the reply was written, to make room for it (${left.right} right). They are in no table.`;
      }),
    ],
    models: [settings.models.sink, settings.models.vanilla],
  };
}

const percent = (count: number, { asked }: Share): number => (100 * count) / Math.max(1, asked);

const shareText = (count: number, share: Share): string =>
  share.asked === 0 ? '–' : `${figure(percent(count, share))} % of ${share.asked}`;

const intervalText = ({ right, asked }: Share): string =>
  shareInterval(right, asked)
    .map((bound) => figure(100 * bound))
    .join(' to ');

const distanceTable = (measured: readonly Measured[]): Table => ({
  title: 'Right answers within the window, by tokens back (95 % interval)',
  head: ['tokens back', ...measured.map(({ name }) => name)],
  rows: byDistance([]).map(({ from, to }, at) => [
    `${from} to ${to}`,
    ...measured.map(({ asked }) => {
      const { share } = byDistance(asked)[at]!;
      return share.asked === 0 ? '–' : `${shareText(share.right, share)} (${intervalText(share)})`;
    }),
  ]),
});

function kindTable(measured: readonly Measured[]): Table {
  const kinds = byKind(measured.flatMap(({ asked }) => answerable(asked))).map(({ asks }) => asks);
  return {
    title: 'Right answers within the window, by what is asked for',
    head: ['asked for', ...measured.map(({ name }) => name)],
    rows: kinds.map((asks) => [
      asks,
      ...measured.map(({ asked }) => {
        const share = shareOf(answerable(asked).filter((one) => one.asks === asks));
        return shareText(share.right, share);
      }),
    ]),
  };
}

/** To say where a name is takes a step from the name to its event, and one from there to the path; with one file the first will do. */
const filesTable = (measured: readonly Measured[]): Table => ({
  title: 'Right answers to where a name is, by how many files the session has shown before',
  head: ['files', ...measured.map(({ name }) => name)],
  rows: byFiles(measured.flatMap(({ asked }) => asked)).map(({ files }) => [
    String(files),
    ...measured.map(({ asked }) => {
      const share = byFiles(asked).find((each) => each.files === files)?.share ?? shareOf([]);
      return shareText(share.right, share);
    }),
  ]),
});

const goneTable = (measured: readonly Measured[]): Table => ({
  title: 'The same questions when the answer has left the window',
  head: ['', 'right', 'says so', 'says something else', 'tokens evicted in all'],
  rows: measured.map(({ name, asked }) => {
    const share = shareOf(gone(asked));
    return [
      name,
      shareText(share.right, share),
      shareText(share.honest, share),
      shareText(share.asked - share.right - share.honest, share),
      String(asked.at(-1)?.evicted ?? 0),
    ];
  }),
});

/** Rows of the table of wrong answers: enough to see what kind of mistakes they are. */
const WRONG_SHOWN = 20;

const wrongTable = ({ name, asked }: Measured): Table => ({
  title: `The first wrong answers within the window, unselected: ${name}`,
  head: ['asked for', 'tokens back', 'question', 'wanted', 'reply'],
  rows: answerable(asked)
    .filter(({ right }) => !right)
    .slice(0, WRONG_SHOWN)
    .map(({ asks, tokens, question, wanted, reply }) => [
      asks,
      String(tokens),
      ...[question, wanted, reply].map((text) => text.replaceAll('\n', ' ')),
    ]),
});

const shortText = (short: readonly Distance[]): string =>
  `Below ${ENOUGH} %: ${short.map(({ from, to, share }) => `${from} to ${to} (95 % interval ${intervalText(share)})`).join(', ')}. Which kinds go wrong, and how, is told with all figures.`;

function compare({ name, asked }: Measured): Comparison[] {
  const within = byDistance(asked).filter(({ share }) => share.asked > 0);
  const all = shareOf(answerable(asked));
  const left = shareOf(gone(asked));
  const short = within.filter(({ share }) => percent(share.right, share) < ENOUGH);
  return [
    {
      claim: `${name}: right answers within the window; by tokens back`,
      expected: `≥ ${ENOUGH} %`,
      here: `${shareText(all.right, all)}; ${within.map(({ from, to, share }) => `${shareText(share.right, share)} (${from} to ${to})`).join(', ')}`,
      ...(short.length === 0 ? {} : { remark: shortText(short) }),
    },
    {
      claim: `${name}: the answer has left the window: right, says that it cannot see it`,
      expected: '0 %; 100 %',
      here: `${shareText(left.right, left)}, ${shareText(left.honest, left)}`,
      ...(left.honest < left.asked
        ? { remark: 'In the rest it answers with something else that stands in its window.' }
        : {}),
    },
  ];
}

/** Whether what is wrong far back is so for a window that was evaluated anew, too. */
export function compareRecomputed([first, ...others]: readonly Measured[]): Comparison[] {
  const recomputed = others.find(({ name }) => name === RECOMPUTED);
  if (first === undefined || recomputed === undefined) return [];
  const far = (asked: readonly Asked[]): Share => {
    const some = asked.filter(({ session }) => session < RECOMPUTED_SESSIONS);
    return byDistance(some).at(-1)!.share;
  };
  const [shifted, anew] = [far(first.asked), far(recomputed.asked)];
  const lost = percent(shifted.right, shifted) < percent(anew.right, anew) - CHANCE;
  return [
    {
      claim: `${first.name}, the first ${RECOMPUTED_SESSIONS} sessions: right over ${DISTANCES.at(-2)} tokens back, with the shifted cache and with re-computation`,
      expected: 'as many: a shifted cache knows what a fresh one does',
      here: `${shareText(shifted.right, shifted)}, ${shareText(anew.right, anew)}`,
      ...(lost ? { remark: 'What is lost far back is lost with the shifted cache, not with the distance alone.' } : {}),
    },
  ];
}

/** Points that two shares of some sixty questions may differ by chance. */
const CHANCE = 10;
