import {
  TokenBias,
  type ControlledEvaluateInputItem,
  type LlamaContext,
  type LlamaContextSequence,
  type Token,
} from 'node-llama-cpp';
import { beginAt, DecodeProbe, drawingWanted, eraseRanges, eraseKeepingPositions } from './internals.js';
import type { NextTokens } from './nextTokens.js';
import type { Sampled, Sampling } from './sampling.js';

/**
 * Which position a token has once earlier ones were erased: `cache`, its place in the cache (the paper's method), or
 * `original`, its place in the stream. The second one exists to be measured: it leaves what the model was trained with.
 */
export type PositionMode = 'cache' | 'original';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What the sequence did since it was made. Tokens, and milliseconds. */
export interface KvCounters {
  /** Tokens that went through llama_decode, by the probe. */
  readonly evaluated: number;
  /** Of these, the ones that nobody asked for here: re-evaluations that the library made by itself. */
  readonly unasked: number;
  readonly generated: number;
  readonly moved: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly shiftMs: number;
}

/** Added to a logit: more than any two differ by, and little enough for single precision. */
const FAVOUR = 200;

/** The tail of the stream, and one place in the branch. */
const MARKS = 2;

/**
 * The KV cache of one llama.cpp sequence: append, generate, erase from the middle, roll back the tail. One at a time:
 * the caller (the scheduler) sees to it that nothing runs beside something else.
 *
 * node-llama-cpp's own context shift is never reached: the window evicts before the context is full, and the strategy
 * given here throws instead of erasing from index 0, which would silently evaluate everything again.
 */
export class KvSequence {
  readonly #sequence: LlamaContextSequence;
  readonly #context: LlamaContext;
  readonly #probe: DecodeProbe;
  readonly #isEndOfGeneration: (token: Token) => boolean;
  readonly #positions: PositionMode;
  #asked = 0;
  #generated = 0;
  #moved = 0;
  #prefillMs = 0;
  #decodeMs = 0;
  #shiftMs = 0;

  constructor(context: LlamaContext, positions: PositionMode = 'cache') {
    this.#context = context;
    this.#positions = positions;
    this.#probe = new DecodeProbe(context);
    this.#sequence = context.getSequence({
      // Marks are set where they are needed, not every so many tokens.
      checkpoints: { max: MARKS, interval: false },
      contextShift: {
        strategy: () => {
          throw new Error('The context is full: the window should have evicted before');
        },
      },
    });
    this.#isEndOfGeneration = (token) => context.model.isEogToken(token);
  }

  /** Tokens in the cache; the position of the next one. */
  get length(): number {
    return this.#sequence.nextTokenIndex;
  }

  /** Most tokens of one llama_decode. */
  get batchSize(): number {
    return this.#context.batchSize;
  }

  /** The tokens in the cache, in order. */
  get tokens(): readonly number[] {
    return this.#sequence.contextTokens;
  }

  get counters(): KvCounters {
    return {
      evaluated: this.#probe.tokens,
      unasked: this.#probe.tokens - this.#asked,
      generated: this.#generated,
      moved: this.#moved,
      prefillMs: this.#prefillMs,
      decodeMs: this.#decodeMs,
      shiftMs: this.#shiftMs,
    };
  }

  /** Evaluates tokens at the tail. At most `batchSize` of them, so that the caller can stop in between. */
  async append(tokens: readonly number[]): Promise<void> {
    if (tokens.length === 0) return;
    const start = performance.now();
    this.#asked += tokens.length;
    await this.#sequence.evaluateWithoutGeneratingNewTokens(tokens as Token[]);
    this.#prefillMs += performance.now() - start;
  }

  /**
   * As `append`, and tells how well the model knew what comes next.
   *
   * @param targets the token that follows each of `tokens`; undefined where nobody wants to know, which costs nothing.
   * @returns the natural logarithm of the probability of each target, at the same index.
   */
  async score(
    tokens: readonly number[],
    targets: readonly (number | undefined)[],
  ): Promise<readonly (number | undefined)[]> {
    if (tokens.length === 0) return [];
    const start = performance.now();
    this.#asked += tokens.length;
    const input = tokens.map((token, index) =>
      targets[index] === undefined ? (token as Token) : scored(token as Token),
    );
    const wanted = targets.filter((target) => target !== undefined);
    const outputs = await drawingWanted(this.#context, wanted, () => this.#sequence.controlledEvaluate(input));
    this.#prefillMs += performance.now() - start;
    return tokens.map((_, index) => {
      const confidence = outputs[index]?.next.confidence;
      return confidence === undefined ? undefined : Math.log(confidence);
    });
  }

  /**
   * Evaluates `first` (at least one token) and samples; each further step evaluates the token sampled before, at
   * whatever position the tail has then. While nobody asks for the next token nothing runs, and the cache may be
   * evicted, or a branch may come and go.
   */
  async *generate(first: readonly number[], sampling: Sampling): AsyncGenerator<Sampled, void, undefined> {
    // The library would end without a word.
    if (first.length === 0) throw new Error('there is no token to go on from');
    const { penalty, among } = sampling;
    const steps = this.#sequence.evaluateWithMetadata(
      first as Token[],
      { confidence: sampling.probabilities ?? false },
      {
        temperature: sampling.temperature,
        yieldEogToken: true,
        ...(sampling.topK === undefined ? {} : { topK: sampling.topK }),
        ...(sampling.topP === undefined ? {} : { topP: sampling.topP }),
        ...(sampling.minP === undefined ? {} : { minP: sampling.minP }),
        ...(sampling.seed === undefined ? {} : { seed: sampling.seed }),
        ...(among === undefined ? {} : { tokenBias: () => this.#favour(among() ?? []) }),
        ...(penalty === undefined
          ? {}
          : {
              repeatPenalty: {
                // Not llama.cpp's factor, which does little where logits are small.
                penalty: 1,
                frequencyPenalty: penalty.nats,
                punishTokens: () => penalty.tokens() as Token[],
              },
            }),
      },
    );
    let asked = first.length;
    try {
      for (;;) {
        const start = performance.now();
        this.#asked += asked;
        const step = await steps.next();
        const milliseconds = performance.now() - start;
        if (asked === 1) this.#decodeMs += milliseconds;
        else this.#prefillMs += milliseconds;
        if (step.done === true) return;
        this.#generated += 1;
        asked = 1;
        const { token, confidence } = step.value as { readonly token: Token; readonly confidence?: number };
        yield { token, probability: confidence ?? 1, endOfGeneration: this.#isEndOfGeneration(token) };
      }
    } finally {
      await steps.return();
    }
  }

  /** Nothing else comes while there are such tokens. */
  #favour(tokens: readonly number[]): TokenBias {
    const bias = TokenBias.for(this.#context.model);
    return tokens.length === 0 ? bias : bias.set(tokens as Token[], { logit: FAVOUR });
  }

  /** Erases ranges (ascending, joined) and shifts what comes later down; nothing is evaluated. */
  erase(ranges: readonly Range[]): Promise<void> {
    this.#erase(ranges);
    return Promise.resolve();
  }

  #erase(ranges: readonly Range[]): void {
    const [first, ...others] = ranges;
    if (first === undefined) return;
    const start = performance.now();
    if (this.#positions === 'original') {
      if (others.length > 0) throw new Error('Original positions allow one gap, after the sinks');
      eraseKeepingPositions(this.#context, this.#sequence, this.#probe, first);
      return;
    }
    this.#moved += this.length - first.start - ranges.reduce((sum, range) => sum + range.end - range.start, 0);
    eraseRanges(this.#context, this.#sequence, ranges);
    this.#shiftMs += performance.now() - start;
  }

  /** Whether the model can be taken back to marks only: it has a recurrent state, which is overwritten token by token. */
  get needsMarks(): boolean {
    return this.#sequence.needsCheckpoints;
  }

  /**
   * Remembers the tail, so that `rollBackTo` finds it: a copy of the recurrent state, and of nothing else. The last two
   * marks are kept. Does nothing where every token can be taken back.
   */
  async mark(): Promise<void> {
    await this.#sequence.takeCheckpoint();
  }

  /** The longest beginning of the cache, at most `length`, that `rollBackTo` finds without evaluating anything. */
  reachable(length: number): number {
    if (!this.needsMarks || length <= 0 || length >= this.length) return length;
    const again = this.#sequence.getRestoreToPrefixIndexEvaluationSize(length - 1);
    // Without a mark, the library would start again from nothing.
    return again >= length - 1 ? 0 : length - again;
  }

  /** Takes back everything from position `length` on: no shift, and nothing evaluated where `reachable` says so. */
  async rollBackTo(length: number): Promise<void> {
    if (length >= this.length) return;
    await this.#sequence.eraseContextTokenRanges([{ start: length, end: this.length }]);
  }

  /** Empties the cache. */
  async clear(): Promise<void> {
    await this.#sequence.clearHistory();
    this.#probe.positionOffset = 0;
  }

  /**
   * Evaluates the last token once more and returns what could follow it: in its place, or, where one token cannot be
   * taken back, after itself for the moment.
   *
   * llama.cpp applies shifts at the next decode, and a state saved before that is wrong; this is the decode that settles
   * them. It is also how two caches are compared.
   */
  async settle(): Promise<NextTokens> {
    const last = this.tokens.at(-1);
    if (last === undefined) return new Map();
    const { length } = this;
    if (this.needsMarks) await this.mark();
    else await this.rollBackTo(length - 1);
    this.#asked += 1;
    const input = [[last as Token, { generateNext: { probabilities: true } }]] satisfies ControlledEvaluateInputItem[];
    const [output] = await this.#sequence.controlledEvaluate(input);
    await this.rollBackTo(length);
    return output?.next.probabilities ?? new Map<number, number>();
  }

  /**
   * Lets the empty cache begin at a later position, so that erasing the gap in front moves tokens that nothing but their
   * position tells from ones that were always there. For the probe of the model's capabilities.
   */
  beginAt(position: number): void {
    if (this.length > 0) throw new Error('Only an empty cache can begin somewhere else');
    beginAt(this.#sequence, position);
  }

  /** Counts from here on: what the probe of the model's capabilities evaluated is not the stream's. */
  resetCounters(): void {
    this.#probe.tokens = 0;
    this.#probe.milliseconds = 0;
    this.#asked = this.#generated = this.#moved = 0;
    this.#prefillMs = this.#decodeMs = this.#shiftMs = 0;
  }

  /** Writes the KV state of all tokens. Call `settle` before. */
  async save(path: string): Promise<void> {
    await this.#sequence.saveStateToFile(path);
  }

  /** Replaces the cache by a saved one of the same model; of another model it may end the process. */
  async load(path: string): Promise<void> {
    // Marks of what was there before would be taken for marks of what is loaded.
    await this.clear();
    await this.#sequence.loadStateFromFile(path, { acceptRisk: true });
  }
}

const scored = (token: Token): [Token, { readonly generateNext: { readonly confidence: true } }] => [
  token,
  { generateNext: { confidence: true } },
];
