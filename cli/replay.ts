import type { Engine } from '../inference/engine.js';
import { Conversation, type Terminal } from './conversation.js';
import type { Resumed, Run } from './transcript.js';

/** Why a transcript cannot be replayed, or no further: for the person to read. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/** @throws ReplayError where the answers of this run would be others than they were. */
export function requireReplayable(
  { start }: Run,
  given: { readonly model: string; readonly chosen: ReadonlySet<string> },
): void {
  if (start === undefined) return;
  const { temperature } = start.settings;
  if (temperature > 0 && !given.chosen.has('temperature'))
    throw new ReplayError(
      `The answers of this transcript were drawn at random (--temperature ${temperature}) and cannot be replayed. With --temperature 0 its questions can be asked again.`,
    );
  if (start.model !== given.model && !given.chosen.has('model'))
    throw new ReplayError(
      'This transcript was made with another model, or another version of it. Name its file with --model; with any other one the answers are others.',
    );
}

/** @throws ReplayError where the window does not begin as it began then. */
export function requireSameBeginning({ start }: Run, number: number, now: Resumed): void {
  if (start === undefined) return;
  const { events, tokens, from } = start.resumed;
  if (events === now.events && tokens === now.tokens && (events === 0 || from === now.from)) return;
  if (number === 1)
    throw new ReplayError(
      `This transcript goes on a session that held ${events} events already, and ${now.events} are here: its answers depend on what is missing. Give a copy of that session from before with --session.`,
    );
  throw new ReplayError(
    `Run ${number} of the transcript began with ${tokens} tokens in its window, and here there are ${now.tokens}: the run before did not end in order, or something else wrote into the session. What comes next cannot be replayed.`,
  );
}

export async function replayRun(engine: Engine, terminal: Terminal, { inputs }: Run): Promise<void> {
  const conversation = new Conversation({ engine, terminal });
  for (const { input, stopped } of inputs) {
    terminal.write(`› ${input}\n`);
    if (!(await conversation.handle(input, stopped))) return;
  }
}
