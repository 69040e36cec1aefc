import { readSources } from '../../text/sources.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';

export interface Turn {
  readonly turn: number;
  /** Tokens that entered the stream since the turn before: edits, question, reply. */
  readonly streamed: number;
  /** Tokens that went through llama_decode for them; branches not counted. */
  readonly evaluated: number;
  readonly used: number;
}

export interface Turns {
  readonly turns: readonly Turn[];
  readonly reEvaluated: number;
  readonly evicted: number;
  readonly resets: number;
}

const QUESTION = 'What did I change last?';

/** A long conversation with edits in between, on the whole engine: what each turn costs in tokens. */
export async function measureTurns(settings: Settings): Promise<Turns> {
  const marks = settings.quick ? [1, 5, 20] : [1, 10, 100, 1000];
  const count = marks.at(-1)!;
  const stage = settings.progress.stage('tokens evaluated per turn', count);
  await using opened = await openEngine({ model: settings.models.sink, maxTokens: 24 });
  const { session } = opened.engine;
  const edits = editsFrom(settings.root);
  const turns: Turn[] = [];
  for (let turn = 1; turn <= count; turn += 1) {
    const before = session.windowView().counters;
    session.append([(await edits.next()).value ?? fail()]);
    await session.ask(QUESTION, new AbortController().signal);
    await session.whenIdle();
    const { counters, used } = session.windowView();
    if (marks.includes(turn))
      turns.push({
        turn,
        streamed: counters.streamed - before.streamed,
        evaluated: counters.evaluated - before.evaluated - (counters.branched - before.branched),
        used,
      });
    stage.advance(1);
  }
  const { reEvaluated, evicted, resets } = session.windowView().counters;
  return { turns, reEvaluated, evicted, resets };
}

function fail(): never {
  throw new Error('The sources ended');
}

/** Small edits, each a few added lines of a real file. */
async function* editsFrom(root: string): AsyncGenerator<{ kind: 'edit'; title: string; text: string }, undefined> {
  for await (const { path, text } of readSources(root)) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    for (let at = 0; at + 4 <= lines.length; at += 4)
      yield {
        kind: 'edit',
        title: path,
        text: `${path}\n${lines
          .slice(at, at + 4)
          .map((line) => `+${line}`)
          .join('\n')}`,
      };
  }
  return undefined;
}
