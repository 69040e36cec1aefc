import { completionPrompt, type CursorContext } from './completionPrompt.js';
import type { SessionCore } from './core.js';
import type { FimFormat } from './fimFormat.js';
import { TextStream } from './textStream.js';

export interface CompletionRequest extends CursorContext {
  readonly maxTokens: number;
  /** Stop at the first line end. */
  readonly singleLine: boolean;
}

export interface CompletionResult {
  readonly text: string;
  /** Geometric mean of the tokens' probabilities, 0 to 1. */
  readonly confidence: number;
  /** Tokens evaluated, the reused ones not counted. */
  readonly evaluated: number;
  readonly milliseconds: number;
}

const NOTHING = { text: '', confidence: 0 } as const;

/**
 * Completes at the cursor, on a branch after the tail of the stream: the model sees the session, then the file. The
 * branch stays until the stream grows, so that the next keystroke evaluates only what is new.
 */
export async function completeAtCursor(
  core: SessionCore,
  format: FimFormat,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<CompletionResult> {
  const start = performance.now();
  const { live } = core;
  const { capacity, reserve } = live.window.limits;
  const budget = Math.min(reserve, capacity - live.window.used);
  const maxTokens = Math.min(request.maxTokens, Math.floor(budget / 2));
  const cancelled = (): boolean => signal.aborted;
  const evaluatedBefore = live.counters.branched;
  const finish = (result: { readonly text: string; readonly confidence: number }): CompletionResult => ({
    ...result,
    evaluated: live.counters.branched - evaluatedBefore,
    milliseconds: performance.now() - start,
  });

  const prompt = completionPrompt(request, format, core.vocabulary, budget - maxTokens);
  if (prompt.length === 0 || cancelled()) return finish(NOTHING);
  const rest = await live.setBranch(prompt, () => {
    signal.throwIfAborted();
    return Promise.resolve();
  });

  const stream = new TextStream(core.vocabulary, prompt);
  let text = '';
  let logProbability = 0;
  let count = 0;
  for await (const { token, probability, endOfGeneration } of live.generateBranch(rest, {
    temperature: 0,
    probabilities: true,
  })) {
    if (cancelled()) return finish(NOTHING);
    if (endOfGeneration || format.stops.includes(token)) break;
    text += stream.push(token);
    logProbability += Math.log(Math.max(probability, 1e-12));
    count += 1;
    const end = endOfCompletion(text, request.singleLine);
    if (end !== undefined) {
      text = text.slice(0, end);
      break;
    }
    if (count >= maxTokens) break;
  }
  if (count === 0) return finish(NOTHING);
  return finish({ text: text.trimEnd(), confidence: Math.exp(logProbability / count) });
}

/** Where the text should stop: at the line end, or at the first blank line after something was written. */
function endOfCompletion(text: string, singleLine: boolean): number | undefined {
  const match = (singleLine ? /\n/ : /(?<=\S[^]*?)\n[ \t]*\n/).exec(text);
  return match?.index;
}
