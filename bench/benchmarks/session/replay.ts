import type { Token } from 'node-llama-cpp';
import { openBare, type BareSequence } from '../../baseline/bareSequence.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';
import { workingDay } from './day.js';
import { Peers, type PeerCost } from './peer.js';

/** A turn: edits, a completion, a question and the reply. */
export interface Turn {
  /** Tokens of the stream at its end. */
  readonly streamed: number;
  /** Tokens that it added to the stream. */
  readonly added: number;
  /** Tokens that the engine evaluated for the stream. */
  readonly engine: number;
  readonly peer: PeerCost;
  /** Milliseconds from question to first token; NaN for a reply without text. */
  readonly firstToken: number;
  /** Milliseconds. */
  readonly completion: number;
  /** Tokens evaluated for the completion, and rolled back. */
  readonly branched: number;
}

export interface Mark {
  readonly turn: number;
  /** Milliseconds from an empty cache to the first token of the same prompt. */
  readonly peerFirstToken: number;
}

export interface Day {
  readonly edits: number;
  readonly turns: readonly Turn[];
  readonly marks: readonly Mark[];
  readonly capacity: number;
  /** Of the whole day. */
  readonly evaluated: number;
  readonly branched: number;
  readonly streamed: number;
  readonly evicted: number;
  readonly reEvaluated: number;
  readonly resets: number;
  readonly seconds: number;
}

/** Tokens that a peer keeps free for the reply. */
export const PEER_RESERVE = 64;

const REPLY = 24;

export async function replayDay(settings: Settings, marks: readonly number[]): Promise<Day> {
  const rounds = marks.at(-1) ?? 0;
  const stage = settings.progress.stage('working day', rounds);
  let firstDelta = Number.NaN;
  await using opened = await openEngine({
    model: settings.models.sink,
    maxTokens: REPLY,
    handleDelta: () => (firstDelta = Number.isNaN(firstDelta) ? performance.now() : firstDelta),
  });
  const engine = opened.engine.session;
  const { capacity, counters: atBegin } = engine.windowView();
  const promptSize = capacity - PEER_RESERVE;
  const bare = await openBare(settings.models.sink, capacity);
  const peers = new Peers(promptSize, atBegin.streamed);
  const begin = performance.now();
  const turns: Turn[] = [];
  const measured: Mark[] = [];
  let edits = 0;

  const day = workingDay(settings.root);
  while (turns.length < rounds) {
    const round = (await day.next()).value;
    if (round === undefined) throw new Error('The sources ended before the day did');
    const before = engine.windowView().counters;
    engine.append(round.edits);
    edits += round.edits.length;
    await engine.whenIdle();
    const completed = await engine.complete(round.completion, new AbortController().signal);

    firstDelta = Number.NaN;
    const asked = performance.now();
    await engine.ask(round.question, new AbortController().signal);
    const firstToken = firstDelta - asked;
    await engine.whenIdle();
    const after = engine.windowView().counters;
    const branched = after.branched - before.branched;
    const generated = after.generated - before.generated;
    const added = after.streamed - before.streamed;
    turns.push({
      streamed: after.streamed,
      added,
      engine: after.evaluated - before.evaluated - branched,
      peer: peers.turn(added - generated, generated),
      firstToken,
      completion: completed.milliseconds,
      branched,
    });
    if (marks.includes(turns.length))
      measured.push({
        turn: turns.length,
        peerFirstToken: await timePeer(bare, engine.inspect().held.slice(-promptSize)),
      });
    stage.advance(1);
  }
  const { evaluated, branched, streamed, evicted, reEvaluated, resets } = engine.windowView().counters;
  const seconds = (performance.now() - begin) / 1000;
  return {
    edits,
    turns,
    marks: measured,
    capacity,
    evaluated,
    branched,
    streamed,
    evicted,
    reEvaluated,
    resets,
    seconds,
  };
}

/** A peer's way: an empty cache, the whole prompt, the first token. */
async function timePeer({ sequence }: BareSequence, prompt: readonly number[]): Promise<number> {
  await sequence.clearHistory();
  const start = performance.now();
  const steps = sequence.evaluate(prompt as Token[], { temperature: 0, yieldEogToken: true });
  await steps.next();
  const elapsed = performance.now() - start;
  await steps.return();
  return elapsed;
}
