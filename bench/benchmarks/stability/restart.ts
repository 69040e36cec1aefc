import { divergence } from '../../../inference/llama/nextTokens.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine, temporaryFolder } from '../../model/openEngine.js';
import { readSources } from '../../text/sources.js';

export interface Restart {
  /** Divergence in nats between the next token before and after. */
  readonly divergence: number;
  readonly from: 'checkpoint' | 'journal';
  readonly tokens: number;
  readonly milliseconds: number;
  /** The same window evaluated anew, milliseconds. */
  readonly reEvaluation: number;
}

/** Ends a session whose window is full and starts it again, then has the window evaluated anew for comparison. */
export async function measureRestart(settings: Settings): Promise<Restart> {
  const stage = settings.progress.stage('restart', 3);
  await using folder = await temporaryFolder();
  const options = { model: settings.models.sink, maxTokens: 16, folder: folder.path };
  let before: ReadonlyMap<number, number>;
  {
    await using opened = await openEngine(options);
    const { session } = opened.engine;
    for await (const { path, text } of readSources(settings.root)) {
      session.append([{ kind: 'edit', title: path, text: `${path}\n+${text.slice(0, 400).replaceAll('\n', '\n+')}` }]);
      await session.whenIdle();
      if (session.windowView().counters.evictions >= 3) break;
    }
    await session.ask('What did I change last?', new AbortController().signal);
    before = await session.predict();
    stage.advance(1);
  }
  await using opened = await openEngine(options);
  const { session, started } = opened.engine;
  const after = await session.predict();
  stage.advance(1);
  const start = performance.now();
  const tokens = await session.reAnchor();
  const reEvaluation = performance.now() - start;
  stage.advance(1);
  return {
    divergence: divergence(before, after),
    from: started.resumed.from,
    tokens,
    milliseconds: started.resumed.milliseconds,
    reEvaluation,
  };
}
