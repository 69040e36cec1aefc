/** A whole engine on a device: streams until something leaves its window, answers, and says how it went. */
import { Engine } from '../../../inference/engine.js';
import { recorder, startParams } from '../fixture.js';

export interface StreamParameters {
  readonly path: string;
  readonly storagePath: string;
  readonly gpu: 'vulkan' | 'cuda';
}

const { path, storagePath, gpu } = JSON.parse(process.argv[2] ?? '') as StreamParameters;
const recorded = recorder();
await using engine = await Engine.start(
  startParams(storagePath, { modelPath: path, builtIn: false, gpu, cache: { capacity: 128 }, chat: { maxTokens: 4 } }),
  recorded,
);
const { session } = engine;
for (let turn = 0; session.windowView().counters.evictions < 1; turn += 1) {
  session.append([{ kind: 'edit', title: 'a.ts', text: `a.ts\n+const answer${turn} = compute(${turn * 7});` }]);
  await session.whenIdle();
}
await session.ask('What is this?', new AbortController().signal);
console.log(
  JSON.stringify({
    model: engine.started.model,
    view: session.windowView(),
    notices: recorded.notices,
    problems: recorded.problems.map(String),
  }),
);
process.exit(0);
