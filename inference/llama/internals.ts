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
}

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
      return addToBatch(sequenceId, first, tokens, logits);
    });
    shadow('decodeBatch', async () => {
      const start = performance.now();
      await decodeBatch();
      this.milliseconds += performance.now() - start;
    });
  }
}

/**
 * Erases the first `count` tokens of a sequence and shifts the rest down (llama_memory_seq_rm, llama_memory_seq_add).
 * The public API does this only from index 1 on: from 0 it drops the cache and evaluates everything again. Only the
 * window policy (no sinks at all, the baseline that collapses) wants it.
 */
export function eraseFromStart(context: LlamaContext, sequence: LlamaContextSequence, count: number): void {
  const addon = addonOf(context);
  const inside = sequence as unknown as SequenceInside;
  if (!Array.isArray(inside._contextTokens) || typeof inside._nextTokenIndex !== 'number')
    throw new Error('node-llama-cpp has changed inside: its sequence holds no token list');
  if (!addon.removeTokenCellsFromSequence(inside._sequenceId, 0, count))
    throw new Error('llama.cpp could not erase the first tokens of this model');
  addon.shiftSequenceTokenCells(inside._sequenceId, count, inside._nextTokenIndex, -count);
  inside._contextTokens = inside._contextTokens.slice(count);
  inside._nextTokenIndex -= count;
}
