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

/** How much text a base line copies from. Characters. */
export interface CopyLimits {
  /** Of the events of the session, the newest of them. */
  readonly events: number;
  /** Of the file before the cursor, and after it. */
  readonly before: number;
  readonly after: number;
}

/** As much as the extension looks at, and all of the session. */
export const EVERYTHING: CopyLimits = { events: Number.POSITIVE_INFINITY, before: 6_000, after: 2_000 };

/** Characters of code to a token of the built-in models. */
const CHARACTERS_PER_TOKEN = 3;

/** As much as a window of so many tokens shows the model: a quarter is the branch, of which a quarter is for writing. */
export function limitsOfWindow(capacity: number): CopyLimits {
  const characters = capacity * CHARACTERS_PER_TOKEN;
  return { events: (characters * 3) / 4, before: (characters * 9) / 64, after: (characters * 3) / 64 };
}

/** The base line. What it reads of the file is forgotten after each completion, as the model's branch is. */
export function copyCompleter(name: string, limits: CopyLimits): OpenCompleter {
  const everything = new CopyModel();
  let newest: string[] = [];
  const read: Completer['settle'] = ({ text }) => {
    const code = text.replace(/^[ +-]/gm, '');
    if (limits.events === Number.POSITIVE_INFINITY) everything.read(code);
    else newest = lastOf([...newest, code], limits.events);
    return Promise.resolve();
  };
  return {
    name,
    open: read,
    settle: read,
    complete({ prefix, typed, suffix, maxTokens, singleLine }): Promise<CompleteResult> {
      const start = performance.now();
      const model = new CopyModel(everything);
      for (const code of newest) model.read(code);
      const before = prefix.slice(-limits.before) + typed;
      model.read(suffix.slice(0, limits.after));
      model.read(before);
      const text = model.write(before, maxTokens, singleLine ? /\n/ : /\n[ \t]*\n/);
      return Promise.resolve({ text, confidence: 1, evaluated: 0, milliseconds: performance.now() - start });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The last texts that have so many characters together, at the most. */
function lastOf(texts: readonly string[], characters: number): string[] {
  let left = characters;
  const first = texts.findLastIndex((text) => (left -= text.length) < 0);
  return texts.slice(first + 1);
}
