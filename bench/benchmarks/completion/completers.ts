import type { CompleteResult } from '../../../inference/protocol.js';
import { openEngine } from '../../model/openEngine.js';
import { CopyModel } from './copyModel.js';
import type { Completer } from './replay.js';

export type OpenCompleter = Completer & AsyncDisposable;

/** Replies are not asked for. */
const NO_REPLY = 1;

/** The model on its own session, as the extension would run it. */
export async function openModelCompleter(name: string, model: string, takesEdits: boolean): Promise<OpenCompleter> {
  const opened = await openEngine({ model, maxTokens: NO_REPLY });
  const { session } = opened.engine;
  if (!session.canComplete)
    throw new Error(`${model} cannot complete: it has no FIM tokens, or nothing can be rolled back`);
  const append: Completer['settle'] = async (event) => {
    if (!takesEdits) return;
    session.append([event]);
    await session.whenIdle();
  };
  return {
    name,
    open: append,
    settle: append,
    complete: (params) => session.complete(params, new AbortController().signal),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}

/** Characters of the file before the cursor that the base line reads anew for each completion. */
const READ_BEFORE = 2_000;

/** The base line. It has read every event of the session and the file around the cursor. */
export function copyCompleter(name: string): OpenCompleter {
  const model = new CopyModel();
  const read: Completer['settle'] = ({ text }) => {
    model.read(text.replace(/^[ +-]/gm, ''));
    return Promise.resolve();
  };
  return {
    name,
    open: read,
    settle: read,
    complete({ prefix, typed, suffix, maxTokens, singleLine }): Promise<CompleteResult> {
      const start = performance.now();
      model.read(suffix);
      model.read(prefix.slice(-READ_BEFORE) + typed);
      const text = model.write(prefix.slice(-READ_BEFORE) + typed, maxTokens, singleLine ? /\n/ : /\n[ \t]*\n/);
      return Promise.resolve({ text, confidence: 1, evaluated: 0, milliseconds: performance.now() - start });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
