import type { LocalModel } from '../../../inference/llama/localModel.js';
import type { Settings } from '../../harness/benchmark.js';
import { halfInterval, perplexity, perplexityCurve } from '../../statistics.js';
import type { CacheShape } from '../../stream/scoredStream.js';
import { scoreRecomputed, scoreText } from '../../stream/scoreText.js';

export type Twin = 'sink' | 'vanilla';

/** One policy on one stream. */
export interface Arm {
  readonly label: string;
  /** Of the stream that it read. */
  readonly tokens: number;
  readonly perplexity: number;
  /** Half of the 95 % interval of the mean log-probability, nats. */
  readonly uncertainty: number;
  /** Before the cache is full. */
  readonly before: number;
  readonly positions: number;
  readonly evicted: number;
  readonly curve: readonly (readonly [number, number])[];
  /** Log-probability at each position. Not written down: too long. */
  readonly scores: readonly (number | undefined)[];
}

export interface Plan {
  readonly capacity: number;
  /** Of the stream: for the numbers of sinks and re-computation, and for everything else. */
  readonly tokens: { readonly long: number; readonly short: number };
  readonly sinks: readonly number[];
  readonly sizes: readonly number[];
  readonly blocks: readonly number[];
  /** Every so many positions the recompute policy is asked: it costs a whole window each time. */
  readonly recomputeEvery: number;
}

/** Tokens of a point of the curve, and points at the most. */
const CURVE_BUCKET = 128;
const CURVE_POINTS = 96;

/** Runs arms of one model and tells of them. */
export class Arms {
  readonly #model: LocalModel;
  readonly #twin: Twin;
  readonly #tokens: readonly number[];
  readonly #plan: Plan;
  readonly #settings: Settings;

  constructor(model: LocalModel, twin: Twin, tokens: readonly number[], plan: Plan, settings: Settings) {
    this.#model = model;
    this.#twin = twin;
    this.#tokens = tokens;
    this.#plan = plan;
    this.#settings = settings;
  }

  /** @param name of the arm among all that go on from a stopped run; its label unless that comes twice. */
  run(label: string, shape: CacheShape, name = label): Promise<Arm> {
    return this.#settings.parts.once(`${this.#twin} ${name}`, () => this.#run(label, shape, name));
  }

  async #run(label: string, shape: CacheShape, name: string): Promise<Arm> {
    const tokens = this.#tokens;
    const stage = this.#settings.progress.stage(`${this.#twin} ${name}`, tokens.length - 1);
    const { scores, evicted } = await scoreText(
      this.#model.sequence,
      shape,
      tokens,
      () => true,
      (more) => stage.advance(more),
    );
    return armOf(label, scores, this.#plan, evicted);
  }

  recompute(): Promise<Arm> {
    return this.#settings.parts.once(`${this.#twin} recompute`, () => this.#recompute());
  }

  async #recompute(): Promise<Arm> {
    const { capacity, recomputeEvery } = this.#plan;
    const tokens = this.#tokens;
    const positions: number[] = [];
    for (let at = 2 * capacity; at < tokens.length; at += recomputeEvery) positions.push(at);
    const stage = this.#settings.progress.stage(`${this.#twin} recompute`, positions.length);
    const kept = this.#model.vocabulary.bos === undefined ? 0 : 1;
    const found = await scoreRecomputed(this.#model.sequence, tokens, { capacity, kept, positions }, (more) =>
      stage.advance(more),
    );
    return armOf(
      'recompute',
      Array.from(tokens, (_, at) => found.get(at)),
      this.#plan,
      0,
    );
  }
}

function armOf(label: string, scores: readonly (number | undefined)[], plan: Plan, evicted: number): Arm {
  const after = scores.slice(2 * plan.capacity).filter((score) => score !== undefined);
  const before = scores.slice(1, plan.capacity).filter((score) => score !== undefined);
  return {
    label,
    tokens: scores.length,
    perplexity: perplexity(after),
    uncertainty: halfInterval(after),
    before: perplexity(before),
    positions: after.length,
    evicted,
    curve: perplexityCurve(scores, CURVE_BUCKET * Math.ceil(scores.length / CURVE_BUCKET / CURVE_POINTS)),
    scores,
  };
}
