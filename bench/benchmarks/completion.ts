import type { Benchmark, Settings } from '../harness/benchmark.js';
import { readGgufFacts } from '../../inference/llama/ggufFacts.js';
import { resolveCapacity } from '../../inference/session/cacheOptions.js';
import {
  copyCompleter,
  EVERYTHING,
  limitsOfWindow,
  openModelCompleter,
  type OpenCompleter,
} from './completion/completers.js';
import { stepsFromHistory } from './completion/fromHistory.js';
import { stepsFromSources } from './completion/fromSources.js';
import type { Step } from './completion/recording.js';
import { replay, type Outcome } from './completion/replay.js';
import { completionReport, type Replayed } from './completion/report.js';

export const completion: Benchmark = {
  name: 'completion',
  question:
    "How good, how fast and how dear are completions while real code is written, with the session's edits in the window, and with the file alone?",
  timed: true,
  weightsMatter: true,
  minutes: 26,
  async run(settings) {
    const count = settings.quick ? 12 : 300;
    const works = [
      { work: 'dependencies', steps: await stepsFromSources(settings.root, count) },
      { work: 'history', steps: await stepsFromHistory(settings.root, count) },
    ].filter(({ steps }) => steps.length > 0);
    const replayed: Replayed[] = [];
    for (const { work, steps } of works)
      replayed.push({
        work,
        steps: steps.length,
        jobs: jobsOf(steps),
        outcomes: await replayAll(settings, work, steps),
      });
    return completionReport(settings, replayed);
  },
};

const jobsOf = (steps: readonly Step[]): number => new Set(steps.map(({ job }) => job)).size;

/** One after the other, so that none slows the others down. */
async function replayAll(settings: Settings, work: string, steps: readonly Step[]): Promise<Outcome[]> {
  const { sink } = settings.models;
  const options = { seed: settings.seed, capacity: resolveCapacity({ capacity: 0 }, await readGgufFacts(sink)) };
  const run = (name: string, open: (name: string) => Promise<OpenCompleter>): Promise<Outcome> =>
    // The history grows: another one is another part.
    settings.parts.once(`${work} up to ${steps.at(-1)?.job ?? ''}, ${name}`, async () => {
      await using completer = await open(name);
      const stage = settings.progress.stage(`${work}, ${name}`, steps.length);
      return await replay(steps, completer, options, () => stage.advance(1));
    });
  return [
    await run('with the session', (name) => openModelCompleter(name, sink, true)),
    await run('file alone', (name) => openModelCompleter(name, sink, false)),
    await run('5-gram on the same text', (name) =>
      Promise.resolve(copyCompleter(name, limitsOfWindow(options.capacity))),
    ),
    await run('5-gram on everything', (name) => Promise.resolve(copyCompleter(name, EVERYTHING))),
  ];
}
