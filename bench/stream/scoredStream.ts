import type { KvSequence } from '../../inference/llama/kvSequence.js';
import { LiveWindow, type Sequence } from '../../inference/session/liveWindow.js';
import type { PolicyName } from '../../inference/views.js';
import { DensePolicy } from '../../inference/window/densePolicy.js';
import type { EvictionPolicy } from '../../inference/window/policy.js';
import { RollingPolicy } from '../../inference/window/rollingPolicy.js';
import { Window, type NewSpan } from '../../inference/window/window.js';

export interface CacheShape {
  readonly policy: PolicyName;
  /** Tokens at the start of the stream that stay. */
  readonly sinks: number;
  /** Tokens in all, sinks included. */
  readonly capacity: number;
  /** Tokens that leave at once. */
  readonly block: number;
}

type Target = number | undefined;

const SINKS: NewSpan = { kind: 'sink', title: 'sinks', at: 0, pinned: true };
const STREAM: NewSpan = { kind: 'outline', title: 'stream', at: 0 };

const NO_PAUSE = (): Promise<void> => Promise.resolve();

/**
 * A stream of plain tokens through the engine's own window, policy and sequence, that tells how likely each token was.
 * The sinks are one pinned span, all the rest is one event that never ends: the oldest part of it leaves block by block.
 */
export class ScoredStream {
  readonly live: LiveWindow;
  readonly #shape: CacheShape;
  readonly #sequence: KvSequence;
  #targets: readonly Target[] = [];
  #scores: readonly Target[] = [];
  #fed = 0;

  /** Empties the sequence: one stream at a time. */
  static async open(sequence: KvSequence, shape: CacheShape): Promise<ScoredStream> {
    await sequence.clear();
    return new ScoredStream(sequence, shape);
  }

  /** Goes on with a sequence that holds the end of such a stream already, after so many tokens of it. */
  static resume(sequence: KvSequence, shape: CacheShape, fed: number): ScoredStream {
    const stream = new ScoredStream(sequence, shape);
    const { window } = stream.live;
    const held = sequence.tokens;
    if (shape.sinks > 0) {
      window.open(SINKS);
      window.grow(held.slice(0, shape.sinks));
    }
    window.open(STREAM);
    window.grow(held.slice(shape.sinks));
    stream.#fed = fed;
    return stream;
  }

  private constructor(sequence: KvSequence, shape: CacheShape) {
    this.#sequence = sequence;
    this.#shape = shape;
    this.live = new LiveWindow(
      new Window({ capacity: shape.capacity, reserve: 0 }),
      this.#scoring(sequence),
      policyOf(shape),
      () => undefined,
    );
  }

  /** Tokens fed so far. */
  get fed(): number {
    return this.#fed;
  }

  /**
   * Feeds tokens, evicting as the shape says.
   *
   * @param targets the token after each of them, or undefined where its probability does not matter.
   * @returns natural logarithms of the probabilities of the targets, at the same indices.
   */
  async feed(tokens: readonly number[], targets: readonly Target[]): Promise<Target[]> {
    const scores: Target[] = [];
    for (let done = 0; done < tokens.length;) {
      const most = await this.#openSpan();
      const { free } = this.live.window;
      // Up to the brim, then block by block: every token sees the window as if it had come alone.
      const size = Math.min(most, tokens.length - done, free > 0 ? free : this.#shape.block, this.#sequence.batchSize);
      await this.live.makeRoom(size);
      this.#targets = targets.slice(done, done + size);
      await this.live.append(tokens.slice(done, done + size), NO_PAUSE);
      scores.push(...this.#scores);
      this.#targets = [];
      this.#scores = [];
      done += size;
      this.#fed += size;
    }
    return scores;
  }

  /** @returns how many tokens may go into the span that is open now. */
  async #openSpan(): Promise<number> {
    const { sinks } = this.#shape;
    if (this.#fed === 0 && sinks > 0) await this.live.open(SINKS);
    if (this.#fed === sinks) await this.live.open(STREAM);
    return this.#fed < sinks ? sinks - this.#fed : Number.POSITIVE_INFINITY;
  }

  /** The sequence, with what is read also scored while there are targets. */
  #scoring(sequence: KvSequence): Sequence {
    const read = async (tokens: readonly number[], health: readonly Target[]): Promise<readonly Target[]> => {
      const wanted = tokens.map((_, at) => this.#targets[at] ?? health[at]);
      const scores = wanted.some((target) => target !== undefined) ? await sequence.score(tokens, wanted) : [];
      if (scores.length === 0) await sequence.append(tokens);
      this.#scores = tokens.map((_, at) => (this.#targets[at] === undefined ? undefined : scores[at]));
      return tokens.map((_, at) => (health[at] === undefined ? undefined : scores[at]));
    };
    return new Proxy(sequence, {
      get: (target, name) => {
        if (name === 'append')
          return async (tokens: readonly number[]): Promise<void> => {
            await read(tokens, []);
          };
        if (name === 'score') return read;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
}

const policyOf = ({ policy, block }: CacheShape): EvictionPolicy =>
  policy === 'dense' ? new DensePolicy() : new RollingPolicy({ name: policy, block });
