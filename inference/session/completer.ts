import type { Sampling } from '../llama/sampling.js';
import { completionPrompt, type CursorContext } from './completionPrompt.js';
import type { SessionCore } from './core.js';
import type { FimFormat } from './fimFormat.js';
import { OpenEnd } from './openEnd.js';
import { TextStream } from './textStream.js';
import { wholeText } from './wholeText.js';

export interface CompletionRequest extends CursorContext {
  readonly maxTokens: number;
  /** Stop at the first line end. */
  readonly singleLine: boolean;
  /** Texts wanted; absent: one. */
  readonly candidates?: number;
}

export interface CompletionResult {
  readonly text: string;
  /** Geometric mean of the tokens' probabilities, 0 to 1. */
  readonly confidence: number;
  /** More texts, sampled; each differs from all the others. Absent when none were wanted. */
  readonly others?: readonly string[];
  /** Tokens evaluated, the reused ones not counted. */
  readonly evaluated: number;
  readonly milliseconds: number;
}

interface Written {
  readonly text: string;
  readonly confidence: number;
}

const NOTHING: Written = { text: '', confidence: 0 };

/** Of the candidates after the likeliest. The seed is their number, so that the same place offers the same again. */
const OTHERS = { temperature: 0.8, topP: 0.95 } as const;

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
  const finish = (result: Written & { readonly others?: readonly string[] }): CompletionResult => ({
    ...result,
    evaluated: live.counters.branched - evaluatedBefore,
    milliseconds: performance.now() - start,
  });

  const { tokens: prompt, frozen, open } = completionPrompt(request, format, core.vocabulary, budget - maxTokens);
  if (prompt.length === 0 || cancelled()) return finish(NOTHING);
  const texts = await core.vocabulary.texts();
  const write = async (sampling: Sampling): Promise<Written> => {
    const rest = await live.setBranch(prompt, frozen, () => {
      signal.throwIfAborted();
      return Promise.resolve();
    });
    const end = new OpenEnd(open, texts, (text) => core.vocabulary.encode(text));
    return writeMiddle(core, format, { ...request, maxTokens }, { prompt, rest, sampling, end }, signal);
  };
  const first = await write({ temperature: 0 });
  if (request.candidates === undefined) return finish(first);
  const others = new Set<string>();
  for (let seed = 1; seed < request.candidates && !cancelled(); seed += 1)
    others.add((await write({ ...OTHERS, seed })).text);
  return finish({ ...first, others: [...others].filter((text) => text !== '' && text !== first.text) });
}

interface Branch {
  readonly prompt: readonly number[];
  /** What of the prompt is to be evaluated yet. */
  readonly rest: readonly number[];
  readonly sampling: Sampling;
  readonly end: OpenEnd;
}

/** Samples the middle, until the model or the request ends it. */
async function writeMiddle(
  { live, vocabulary }: SessionCore,
  format: FimFormat,
  { maxTokens, singleLine }: CompletionRequest,
  branch: Branch,
  signal: AbortSignal,
): Promise<Written> {
  const stream = new TextStream(vocabulary, branch.prompt);
  let text = '';
  let logProbability = 0;
  let count = 0;
  let saying = 0;
  for await (const { token, probability, endOfGeneration } of live.generateBranch(branch.rest, {
    ...branch.sampling,
    probabilities: true,
    among: () => branch.end.allowed,
  })) {
    if (signal.aborted) return NOTHING;
    if (endOfGeneration || format.stops.includes(token)) break;
    const beyond = branch.end.push(stream.push(token));
    if (beyond === undefined) return NOTHING;
    text += beyond;
    count += 1;
    // What is typed already says nothing.
    if (text !== '') {
      logProbability += Math.log(Math.max(probability, 1e-12));
      saying += 1;
    }
    const end = endOfCompletion(text, singleLine);
    if (end !== undefined) {
      text = text.slice(0, end);
      break;
    }
    if (count >= maxTokens) {
      text = wholeText(text);
      break;
    }
  }
  if (saying === 0) return NOTHING;
  return { text: text.trimEnd(), confidence: Math.exp(logProbability / saying) };
}

/** Where the text should stop: at the line end, or at the first blank line after something was written. */
function endOfCompletion(text: string, singleLine: boolean): number | undefined {
  const match = (singleLine ? /\n/ : /(?<=\S[^]*?)\n[ \t]*\n/).exec(text);
  return match?.index;
}
