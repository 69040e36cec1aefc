import type { Token } from 'node-llama-cpp';
import { openBare, type BareSequence } from '../baseline/bareSequence.js';
import type { Benchmark, Report, Settings } from '../harness/benchmark.js';
import { figure, milliseconds, times } from '../harness/format.js';
import { openEngine } from '../model/openEngine.js';
import { median, quantile } from '../statistics.js';
import { workingDay } from './session/day.js';

interface Mark {
  readonly turn: number;
  /** Tokens of the stream so far. */
  readonly streamed: number;
  /** Tokens that the engine evaluated for this turn: edits, question, reply. */
  readonly engine: number;
  /** Tokens that the peer evaluates: the rebuilt prompt, and the reply. */
  readonly peer: number;
  /** Milliseconds from question to first token. */
  readonly engineFirstToken: number;
  readonly peerFirstToken: number;
}

interface Day {
  readonly rounds: number;
  readonly edits: number;
  readonly marks: readonly Mark[];
  readonly firstToken: { readonly median: number; readonly p95: number };
  readonly completion: { readonly median: number; readonly p95: number; readonly evaluated: number };
  /** Of the whole day. */
  readonly evaluated: number;
  readonly branched: number;
  readonly streamed: number;
  readonly peerEvaluated: number;
  readonly evicted: number;
  readonly reEvaluated: number;
  readonly seconds: number;
}

/** Tokens that the peer keeps free for the reply. */
const PEER_RESERVE = 64;

const REPLY = 24;

export const session: Benchmark = {
  name: 'session',
  question:
    'A working day of edits, completions and questions in one session: what does a turn cost at the beginning and after a thousand, and what would it cost a peer that builds its prompt anew each time?',
  timed: true,
  async run(settings) {
    return report(settings, await replayDay(settings));
  },
};

async function replayDay(settings: Settings): Promise<Day> {
  const marks = settings.quick ? [1, 10, 30] : [1, 10, 100, 1000];
  const rounds = marks.at(-1)!;
  const stage = settings.progress.stage('working day', rounds);
  let firstDelta = 0;
  await using opened = await openEngine({
    model: settings.models.sink,
    maxTokens: REPLY,
    handleDelta: () => (firstDelta = firstDelta === 0 ? performance.now() : firstDelta),
  });
  const engine = opened.engine.session;
  const { capacity } = engine.windowView();
  const bare = await openBare(settings.models.sink, capacity);
  const promptSize = capacity - PEER_RESERVE;
  const begin = performance.now();
  const firstTokens: number[] = [];
  const completions: number[] = [];
  let completionTokens = 0;
  let peerEvaluated = 0;
  let edits = 0;
  const found: Mark[] = [];

  const day = workingDay(settings.root);
  for (let turn = 1; turn <= rounds; turn += 1) {
    const round = (await day.next()).value;
    if (round === undefined) throw new Error('The sources ended before the day did');
    const before = engine.windowView().counters;
    engine.append(round.edits);
    edits += round.edits.length;
    await engine.whenIdle();
    const completed = await engine.complete(round.completion, new AbortController().signal);
    completions.push(completed.milliseconds);
    completionTokens += completed.evaluated;

    firstDelta = 0;
    const asked = performance.now();
    await engine.ask(round.question, new AbortController().signal);
    const firstToken = firstDelta === 0 ? Number.NaN : firstDelta - asked;
    if (Number.isFinite(firstToken)) firstTokens.push(firstToken);
    await engine.whenIdle();
    const after = engine.windowView().counters;
    const generated = after.generated - before.generated;
    const peer = Math.min(promptSize, after.streamed - generated) + generated;
    peerEvaluated += peer;
    if (marks.includes(turn))
      found.push({
        turn,
        streamed: after.streamed,
        engine: after.evaluated - before.evaluated - (after.branched - before.branched),
        peer,
        engineFirstToken: firstToken,
        peerFirstToken: await timePeer(bare, engine.inspect().held.slice(-promptSize)),
      });
    stage.advance(1);
  }
  const { counters } = engine.windowView();
  return {
    rounds,
    edits,
    marks: found,
    firstToken: { median: median(firstTokens), p95: quantile(firstTokens, 0.95) },
    completion: {
      median: median(completions),
      p95: quantile(completions, 0.95),
      evaluated: completionTokens / rounds,
    },
    evaluated: counters.evaluated,
    branched: counters.branched,
    streamed: counters.streamed,
    peerEvaluated,
    evicted: counters.evicted,
    reEvaluated: counters.reEvaluated,
    seconds: (performance.now() - begin) / 1000,
  };
}

/** The peer's way: an empty cache, the whole prompt, the first token. */
async function timePeer({ sequence }: BareSequence, prompt: readonly number[]): Promise<number> {
  await sequence.clearHistory();
  const start = performance.now();
  const steps = sequence.evaluate(prompt as Token[], { temperature: 0, yieldEogToken: true });
  await steps.next();
  const elapsed = performance.now() - start;
  await steps.return();
  return elapsed;
}

function report(settings: Settings, day: Day): Report {
  const last = day.marks.at(-1)!;
  return {
    figures: { day },
    tables: [
      {
        title: 'Turns',
        head: ['turn', 'stream so far', 'engine evaluates', 'peer evaluates', 'ratio', 'first token: engine', 'peer'],
        rows: day.marks.map((mark) => [
          String(mark.turn),
          String(mark.streamed),
          String(mark.engine),
          String(mark.peer),
          times(mark.peer / mark.engine),
          milliseconds(mark.engineFirstToken),
          milliseconds(mark.peerFirstToken),
        ]),
      },
      {
        title: 'The day',
        head: ['', ''],
        rows: [
          ['edits', String(day.edits)],
          ['questions and completions', `${day.rounds} each`],
          ['tokens streamed', String(day.streamed)],
          ['tokens evaluated for the stream', String(day.evaluated - day.branched)],
          ['tokens evaluated for completions, and rolled back', String(day.branched)],
          ['tokens a peer evaluates for the questions alone', String(day.peerEvaluated)],
          ['tokens evicted', String(day.evicted)],
          ['tokens evaluated twice', String(day.reEvaluated)],
          ['first token: median, p95', `${milliseconds(day.firstToken.median)}, ${milliseconds(day.firstToken.p95)}`],
          [
            'completion: median, p95, tokens',
            `${milliseconds(day.completion.median)}, ${milliseconds(day.completion.p95)}, ${figure(day.completion.evaluated)}`,
          ],
          ['replayed in', `${figure(day.seconds)} s`],
        ],
      },
    ],
    charts: [
      {
        title: 'Tokens evaluated for a turn',
        x: { label: 'turn', log: true },
        y: { label: 'tokens' },
        series: [
          { name: 'engine', points: day.marks.map((mark) => [mark.turn, mark.engine]) },
          { name: 'peer', points: day.marks.map((mark) => [mark.turn, mark.peer]) },
        ],
      },
    ],
    comparisons: [
      {
        claim: 'Tokens evaluated for a turn: a peer that re-prompts, over the engine',
        expected: 'grows until the prompt is as long as the context, then stays',
        here: day.marks.map((mark) => `${times(mark.peer / mark.engine)} (turn ${mark.turn})`).join(', '),
        remark: 'The context of the built-in model is small; with a longer one the peer has more to repeat.',
      },
      {
        claim: `Time to first token at turn ${last.turn}: peer over engine`,
        expected: '> 1',
        here: `${times(last.peerFirstToken / last.engineFirstToken)} (${milliseconds(last.peerFirstToken)} over ${milliseconds(last.engineFirstToken)})`,
      },
      {
        claim: 'Tokens evaluated twice over the day, resets',
        expected: '0',
        here: `${day.reEvaluated} of ${day.evaluated} evaluated, ${day.evicted} evicted`,
      },
    ],
    notes: [
      'The day is made from the sources of the dependencies, the same in every run: someone writes them from top to bottom, three edits a round, has the next line completed and asks a question. It is not the recording of a person.',
      `The peer: the same model and the same turns, the prompt built anew for each question from the last tokens that fit, with ${PEER_RESERVE} kept for the reply; nothing is kept in its cache from turn to turn, since the front of its prompt moves. Its tokens are counted for every turn, its time is measured at the turns shown.`,
      "The engine's first token comes after the question alone: the edits were read while nobody waited.",
    ],
    models: [settings.models.sink],
  };
}
