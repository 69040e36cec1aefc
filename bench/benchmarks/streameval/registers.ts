import { Random } from '../../../test/engine/gguf/random.js';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { ScoredStream } from '../../stream/scoredStream.js';
import { saysValue, type Answers } from './edits.js';

const HEADER = 'Below is a record of lines I want you to remember.\n';

/** Lines between two queries, as in the paper. */
const QUERY_EVERY = 10;

/** The trained sink token. */
const SINKS = 1;

/** Digits of an answer, and what closes it. */
const MOST_ANSWER = 8;

/**
 * The paper's StreamEval, as plain text: lines that set registers, and after every ten of them a query about the line so
 * many back. The query and the model's own answer stay in the stream.
 */
export async function runRegisters(
  settings: Settings,
  capacity: number,
  distances: readonly number[],
  perDistance: number,
): Promise<Answers[]> {
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity });
  const random = new Random(settings.seed);
  const questions = distances.length * perDistance;
  const stage = settings.progress.stage(`registers, cache of ${capacity}`, questions);
  const stream = await ScoredStream.open(sequence, { policy: 'sink', sinks: SINKS, capacity, block: 64 });
  const feed = async (tokens: readonly number[]): Promise<void> => {
    await stream.feed(
      tokens,
      tokens.map(() => undefined),
    );
  };
  await feed([...(vocabulary.bos === undefined ? [] : [vocabulary.bos]), ...vocabulary.encode(HEADER)]);

  const lines: { readonly value: number; readonly begin: number; readonly end: number }[] = [];
  const tally = distances.map((distance) => ({ distance, tokens: 0, asked: 0, right: 0, inWindow: 0 }));
  for (let question = 0; question < questions;) {
    const value = Math.floor(random.uniform() * 100_000);
    const begin = stream.live.counters.streamed;
    await feed(vocabulary.encode(`The REGISTER_CONTENT in line ${lines.length} is <${value}>\n`));
    lines.push({ value, begin, end: stream.live.counters.streamed });
    if (lines.length <= distances.at(-1)! || lines.length % QUERY_EVERY !== 0) continue;

    const row = tally[question % distances.length]!;
    const line = lines.length - 1 - row.distance;
    const wanted = lines[line]!;
    const query = vocabulary.encode(`Query: The REGISTER_CONTENT in line ${line} is <`);
    await stream.live.makeRoom(query.length);
    const { streamed } = stream.live.counters;
    const inWindow = streamed - wanted.begin <= stream.live.window.used - SINKS;
    const written: number[] = [];
    for await (const { token } of stream.live.generate(query, { temperature: 0 })) {
      written.push(token);
      if (written.length > MOST_ANSWER || vocabulary.decode(written).includes('>')) break;
    }
    await stream.live.append(vocabulary.encode('\n'), () => Promise.resolve());
    row.asked += 1;
    row.tokens += streamed - wanted.end;
    row.inWindow += inWindow ? 1 : 0;
    row.right += saysValue(vocabulary.decode(written).split('>')[0] ?? '', wanted.value) ? 1 : 0;
    question += 1;
    stage.advance(1);
  }
  return tally.map((row) => ({ ...row, tokens: row.tokens / Math.max(1, row.asked) }));
}
