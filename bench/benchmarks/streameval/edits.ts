import { Random } from '../../../test/engine/gguf/random.js';
import type { EventId, PolicyName } from '../../../inference/views.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';
import { Names } from './names.js';

export interface EditArm {
  readonly name: string;
  readonly policy: PolicyName;
  readonly capacity: number;
  /** Whether an edit that has left the window is searched in the journal and recalled before the question. */
  readonly recall: boolean;
  /** Whether the question says in which file, too. */
  readonly namesFile: boolean;
}

/** Answers at one distance. */
export interface Answers {
  /** Edits between the one that holds the answer and the question. */
  readonly distance: number;
  /** Tokens between them, on average. */
  readonly tokens: number;
  readonly asked: number;
  readonly right: number;
  /** Questions whose edit was in the window until the reply was written. */
  readonly inWindow: number;
}

interface Constant {
  readonly name: string;
  readonly path: string;
  readonly value: number;
  readonly event: number;
  /** Tokens of the stream when it came. */
  readonly at: number;
}

/** Edits between two questions. */
const QUESTION_EVERY = 3;

/**
 * The coding form of StreamEval: a stream of edits, each of which sets a constant, and questions about the one so many
 * edits back, in the one session. Question and answer stay in the stream.
 */
export async function runEdits(
  settings: Settings,
  arm: EditArm,
  distances: readonly number[],
  perDistance: number,
): Promise<Answers[]> {
  const random = new Random(settings.seed);
  const names = new Names(random);
  const questions = distances.length * perDistance;
  const stage = settings.progress.stage(`edits, ${arm.name}`, questions);
  /** The window at each piece of the reply: room for what comes after the reply has not been made. */
  const atReply: ReadonlySet<EventId>[] = [];
  await using opened = await openEngine({
    model: settings.models.sink,
    maxTokens: 32,
    cache: { policy: arm.policy, capacity: arm.capacity, reserve: 16 },
    handleDelta: () => void atReply.push(inWindow()),
  });
  const { session, journal } = opened.engine;
  const inWindow = (): ReadonlySet<EventId> =>
    new Set(session.windowView().spans.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId])));
  const constants: Constant[] = [];
  const tally = distances.map((distance) => ({ distance, tokens: 0, asked: 0, right: 0, inWindow: 0 }));

  for (let question = 0; question < questions;) {
    const constant = { name: names.constant(), path: names.path(), value: names.value() };
    const [event = 0] = session.append([
      { kind: 'edit', title: constant.path, text: `${constant.path}\n+const ${constant.name} = ${constant.value};` },
    ]);
    await session.whenIdle();
    constants.push({ ...constant, event, at: session.windowView().counters.streamed });
    if (constants.length <= distances.at(-1)! || constants.length % QUESTION_EVERY !== 0) continue;

    const row = tally[question % distances.length]!;
    const wanted = constants[constants.length - 1 - row.distance]!;
    if (arm.recall && !inWindow().has(wanted.event)) {
      const found = journal.search(`const ${wanted.name}`, 1).ids.at(0);
      if (found !== undefined) await session.recall(found);
    }
    atReply.length = 0;
    row.tokens += session.windowView().counters.streamed - wanted.at;
    const { reply } = await session.ask(
      `What is the value of ${wanted.name}${arm.namesFile ? ` in ${wanted.path}` : ''}?`,
      new AbortController().signal,
    );
    row.asked += 1;
    row.inWindow += (atReply.at(-1) ?? inWindow()).has(wanted.event) ? 1 : 0;
    row.right += saysValue(reply.text, wanted.value) ? 1 : 0;
    question += 1;
    stage.advance(1);
  }
  return tally.map((row) => ({ ...row, tokens: row.tokens / Math.max(1, row.asked) }));
}

/** The first number of the reply is the value; names hold no digits. */
export const saysValue = (reply: string, value: number): boolean => /\d+/.exec(reply)?.[0] === String(value);
