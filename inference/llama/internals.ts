/**
 * The only file that touches the inside of node-llama-cpp (3.21.1: dist/bindings/AddonTypes.d.ts and the private fields
 * of LlamaContextSequence). test/engine/internals.test.ts fails when an upgrade moves something.
 */
import type { LlamaContext, LlamaContextSequence } from 'node-llama-cpp';

interface AddonContext {
  addToBatch: (sequenceId: number, first: number, tokens: Uint32Array, logits: Uint32Array) => Uint32Array;
  decodeBatch: () => Promise<void>;
  removeTokenCellsFromSequence: (sequenceId: number, start: number, end: number) => boolean;
  shiftSequenceTokenCells: (sequenceId: number, start: number, end: number, delta: number) => void;
  sampleToken: (logits: number, sampler: AddonSampler, probabilities: boolean, confidence: boolean) => Promise<Drawn>;
}

interface AddonSampler {
  applyConfig: (config: Readonly<Record<string, unknown>>) => void;
}

/** Token, then token and probability in turn, then the probability of the token. */
type Drawn = [token: number, probabilities: number[] | undefined, confidence: number | undefined];

interface SequenceInside {
  readonly _sequenceId: number;
  _contextTokens: number[];
  _nextTokenIndex: number;
}

function addonOf(context: LlamaContext): AddonContext {
  const addon = (context as unknown as { readonly _ctx?: Partial<AddonContext> })._ctx;
  for (const method of [
    'addToBatch',
    'decodeBatch',
    'removeTokenCellsFromSequence',
    'shiftSequenceTokenCells',
    'sampleToken',
  ] as const)
    if (typeof addon?.[method] !== 'function') throw new Error(`node-llama-cpp has changed inside: no ${method}`);
  return addon as AddonContext;
}

/**
 * Counts the tokens that really go into `llama_decode`, at the last line of JavaScript before the addon. Whatever the
 * library may do behind its public API (re-evaluating after an erase, say) is seen here: this is what makes
 * "no token is evaluated twice" a measurement and not a hope.
 */
export class DecodeProbe {
  /** Tokens put into batches. */
  tokens = 0;
  /** Milliseconds in llama_decode. */
  milliseconds = 0;
  /** Added to the position of every token that is decoded: see `eraseKeepingPositions`. */
  positionOffset = 0;

  constructor(context: LlamaContext) {
    const addon = addonOf(context);
    const addToBatch = addon.addToBatch.bind(addon);
    const decodeBatch = addon.decodeBatch.bind(addon);
    // The addon's own methods cannot be assigned, only shadowed.
    const shadow = <K extends keyof AddonContext>(name: K, value: AddonContext[K]): void => {
      Object.defineProperty(addon, name, { value, configurable: true });
    };
    shadow('addToBatch', (sequenceId, first, tokens, logits) => {
      this.tokens += tokens.length;
      return addToBatch(sequenceId, first + this.positionOffset, tokens, logits);
    });
    shadow('decodeBatch', async () => {
      const start = performance.now();
      await decodeBatch();
      this.milliseconds += performance.now() - start;
    });
  }
}

function insideOf(sequence: LlamaContextSequence): SequenceInside {
  const inside = sequence as unknown as SequenceInside;
  if (!Array.isArray(inside._contextTokens) || typeof inside._nextTokenIndex !== 'number')
    throw new Error('node-llama-cpp has changed inside: its sequence holds no token list');
  return inside;
}

/** Lets an empty sequence begin at `position`: llama.cpp asks for consecutive positions, not for a first one of 0. */
export function beginAt(sequence: LlamaContextSequence, position: number): void {
  const inside = insideOf(sequence);
  inside._contextTokens = new Array<number>(position).fill(0);
  inside._nextTokenIndex = position;
}

/**
 * Erases ranges (ascending, apart) of a sequence and shifts the rest down (llama_memory_seq_rm, llama_memory_seq_add).
 *
 * Not by the public API, which evaluates everything again when the first range begins at or before the first position
 * that the cache has whole: at 0 always, and with a sliding window soon at every eviction, since llama.cpp gives the
 * cells of the oldest tokens, which the sliding layers no longer look at, to new ones (llama_kv_cache::find_slot).
 */
export function eraseRanges(
  context: LlamaContext,
  sequence: LlamaContextSequence,
  ranges: readonly { readonly start: number; readonly end: number }[],
): void {
  const addon = addonOf(context);
  const inside = insideOf(sequence);
  for (const { start, end } of ranges.toReversed()) {
    if (!addon.removeTokenCellsFromSequence(inside._sequenceId, start, end))
      throw new Error('llama.cpp could not erase tokens of this model');
    addon.shiftSequenceTokenCells(inside._sequenceId, end, inside._nextTokenIndex, start - end);
    inside._contextTokens.splice(start, end - start);
    inside._nextTokenIndex -= end - start;
  }
}

/**
 * Erases tokens from the middle and leaves the later ones at the positions that they had: what articles on attention
 * sinks describe, and what the paper does not do. Only the benchmark wants it, to show the difference; from then on the
 * library's indices and llama.cpp's positions differ by the probe's `positionOffset`, so nothing else may be erased.
 */
export function eraseKeepingPositions(
  context: LlamaContext,
  sequence: LlamaContextSequence,
  probe: DecodeProbe,
  range: { readonly start: number; readonly end: number },
): void {
  const inside = insideOf(sequence);
  const offset = probe.positionOffset;
  if (!addonOf(context).removeTokenCellsFromSequence(inside._sequenceId, range.start + offset, range.end + offset))
    throw new Error('llama.cpp could not erase these tokens');
  inside._contextTokens.splice(range.start, range.end - range.start);
  inside._nextTokenIndex -= range.end - range.start;
  probe.positionOffset += range.end - range.start;
}

/** Added to the logit of a wanted token so that it is drawn: e^-40 is still a normal number in single precision. */
const CERTAIN = 40;

/**
 * Runs `evaluate`, and lets every draw in it tell how likely the next of `wanted` tokens was, as the draw's confidence.
 *
 * The public API tells that only with the whole distribution, an array and a map of the vocabulary for each token, which
 * costs several times as much as evaluating the token. Two draws from the same logits tell as much: the likeliest token
 * with its probability, and then, with the wanted one raised to certainty, the two first by themselves.
 */
export async function drawingWanted<T>(
  context: LlamaContext,
  wanted: readonly number[],
  evaluate: () => Promise<T>,
): Promise<T> {
  const addon = addonOf(context);
  const sampleToken = addon.sampleToken.bind(addon);
  let next = 0;
  const draw: AddonContext['sampleToken'] = async (logits, sampler) => {
    const target = wanted[next++];
    const [top, , probability] = await sampleToken(logits, sampler, false, true);
    if (target === undefined || probability === undefined) throw new Error('More was drawn than wanted');
    if (top === target) return [target, undefined, probability];
    sampler.applyConfig({
      temperature: 1,
      topK: 2,
      seed: 0,
      tokenBiasKeys: Uint32Array.of(target),
      tokenBiasValues: Float32Array.of(CERTAIN),
    });
    const [, two = []] = await sampleToken(logits, sampler, true, false);
    const share = (token: number): number =>
      two[two.findIndex((value, at) => at % 2 === 0 && value === token) + 1] ?? 0;
    return [target, undefined, (probability * share(target) * Math.exp(-CERTAIN)) / share(top)];
  };
  Object.defineProperty(addon, 'sampleToken', { value: draw, configurable: true });
  try {
    return await evaluate();
  } finally {
    Object.defineProperty(addon, 'sampleToken', { value: sampleToken, configurable: true });
  }
}
