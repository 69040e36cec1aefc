/** Runs the stages of `npm test` one after the other; a failed one does not keep the others from running. */
import { Problem, report } from '../problem.mjs';
import { endAll, onStopSignal } from '../processes.mjs';
import { step } from '../steps.mjs';
import { addUp, sentence } from './counts.mjs';
import { choose } from './choose.mjs';
import { STAGES } from './stages.mjs';

/** @param {readonly string[]} names of stages; none: all @returns {Promise<number>} the exit code */
export async function test(names) {
  const stopping = onStopSignal(endAll);
  let chosen;
  try {
    chosen = choose(STAGES, names);
  } catch (error) {
    return report(error);
  }
  const counts = [];
  for (const stage of chosen) {
    counts.push(await runStage(stage));
    if (stopping.begun) break;
    // Nothing can stand on a set-up that failed.
    if (stage.setUp && counts.at(-1).failed > 0) break;
  }
  await stopping.begun;
  const total = addUp(counts);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || stopping.begun ? 1 : 0;
}

/** @returns {Promise<import('./counts.mjs').Counts>} */
async function runStage({ title, run }) {
  try {
    return await step(title, async (note) => {
      const counts = (await run(note)) ?? { passed: 0, failed: 0 };
      if (counts.passed + counts.failed + (counts.skipped ?? 0) > 0) note(sentence(counts));
      if (counts.failed === 0) return counts;
      throw new StageFailed(counts);
    });
  } catch (error) {
    if (error instanceof StageFailed) {
      console.log(error.counts.output?.trimEnd() ?? '');
      return error.counts;
    }
    report(error instanceof Problem ? error : new Problem(`${title}: ${error.stack}`, 'This is a fault of ours.'));
    return { passed: 0, failed: 1 };
  }
}

class StageFailed extends Error {
  constructor(counts) {
    super('stage failed');
    this.counts = counts;
  }
}
