/** Asks, and catches the engine in the middle of its answer. */
import { setTimeout as sleep } from 'node:timers/promises';

/** On a machine with much to do an answer may be complete before it was caught; then the question is asked again. */
const ATTEMPTS = 20;
/** Milliseconds. */
const SETTLED = 500;

/**
 * @param {{ panel: import('./panel.mjs').Panel, engine: import('./engine.mjs').Engine }} workbench
 * @param {string} question
 * @param {() => Promise<void>} [prepare] before every time that it is asked
 * @returns {Promise<() => void>} lets the engine go on
 */
export async function catchAnswer({ panel, engine }, question, prepare = () => Promise.resolve()) {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await prepare();
    let asked = false;
    const asking = panel.ask(question).then(() => (asked = true));
    const tooLate = () => asked && panel.button('Send').isVisible();
    const letGo = await engine.holdWhen(async () => (await panel.isWriting()) || (await tooLate()));
    await asking;
    // What it had written before it was held may still be on its way, and be the whole answer. Of its not coming there
    // is no sign but time.
    await sleep(SETTLED);
    if (await panel.isWriting()) return letGo;
    letGo();
    await panel.answered();
  }
  throw new Error(`${ATTEMPTS} answers were complete before one was caught`);
}
