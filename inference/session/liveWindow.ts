import * as l10n from '@vscode/l10n';
import type { NextTokens } from '../llama/nextTokens.js';
import type { Sampled, Sampling } from '../llama/sampling.js';
import type { EvictionPolicy } from '../window/policy.js';
import { joinRanges, rangeLength, type Range, type Span } from '../window/span.js';
import type { NewSpan, Window } from '../window/window.js';
import { Health } from './health.js';
import { windowFull } from '../errors.js';
import type { EventId } from '../views.js';

/** What the live window asks of the KV cache; `llama/kvSequence.ts` is it. */
export interface Sequence {
  readonly length: number;
  readonly batchSize: number;
  readonly tokens: readonly number[];
  append(tokens: readonly number[]): Promise<void>;
  score(tokens: readonly number[], targets: readonly (number | undefined)[]): Promise<readonly (number | undefined)[]>;
  generate(first: readonly number[], sampling: Sampling): AsyncGenerator<Sampled, void, undefined>;
  erase(ranges: readonly Range[]): Promise<void>;
  /** The model can be taken back to marks only. */
  readonly needsMarks: boolean;
  mark(): Promise<void>;
  /** The longest beginning, at most `length`, that `rollBackTo` finds without evaluating anything. */
  reachable(length: number): number;
  rollBackTo(length: number): Promise<void>;
  clear(): Promise<void>;
  settle(): Promise<NextTokens>;
}

/** Counted here, in tokens; the sequence counts the rest. */
export interface StreamCounters {
  streamed: number;
  branched: number;
  /** Evaluated again on purpose: by the recompute policy, or to re-anchor. */
  recomputed: number;
  evicted: number;
  evictions: number;
}

/** Tokens of a batch whose likelihood is looked at. Each costs two passes over the vocabulary. */
const READINGS = 3;

/** Tokens below which a batch is not looked at: mostly template markers. */
const LEAST_TO_READ = 12;

/**
 * Called between batches and tokens: the place to step aside for more urgent work, or to stop by throwing.
 *
 * @param left tokens that are still to be evaluated.
 */
export type Pause = (left: number) => Promise<void>;

/**
 * The window and the sequence, always changed together: the one owner of tokens and positions.
 *
 * Room is made before it is needed, so the sequence is never full; the branch is rolled back before the stream grows.
 */
export class LiveWindow {
  readonly window: Window;
  readonly health = new Health();
  readonly counters: StreamCounters = { streamed: 0, branched: 0, recomputed: 0, evicted: 0, evictions: 0 };
  readonly #sequence: Sequence;
  readonly #policy: EvictionPolicy;
  readonly #changed: () => void;

  constructor(window: Window, sequence: Sequence, policy: EvictionPolicy, changed: () => void) {
    this.window = window;
    this.#sequence = sequence;
    this.#policy = policy;
    this.#changed = changed;
  }

  get policy(): EvictionPolicy {
    return this.#policy;
  }

  /** Opens a span at the tail; what is appended next belongs to it. */
  async open(span: NewSpan): Promise<void> {
    await this.rollBack();
    this.window.open(span);
  }

  /** Evaluates tokens into the span at the tail, in batches, evicting ahead of need. */
  async append(tokens: readonly number[], pause: Pause): Promise<void> {
    for (let done = 0; done < tokens.length;) {
      await this.rollBack();
      const room = await this.makeRoom(Math.min(this.#sequence.batchSize, tokens.length - done));
      const batch = tokens.slice(done, done + room);
      await this.#read(batch);
      this.#grow(batch);
      done += batch.length;
      await pause(tokens.length - done);
    }
  }

  /**
   * Evaluates `first` into the span at the tail and samples from there. The consumer gets each token before it is
   * evaluated; asking for the next one puts it into the window. A token after which nobody asks is never evaluated.
   */
  async *generate(first: readonly number[], sampling: Sampling): AsyncGenerator<Sampled, void, undefined> {
    await this.rollBack();
    await this.makeRoom(first.length);
    const steps = this.#sequence.generate(first, sampling);
    try {
      for (let entering = first; ;) {
        const { value, done } = await steps.next();
        this.#grow(entering);
        if (done === true) return;
        yield value;
        entering = [value.token];
        await this.rollBack();
        await this.makeRoom(1);
      }
    } finally {
      await steps.return();
    }
  }

  /**
   * Makes the branch exactly `tokens`, keeping what it can of the common prefix of the branch that is there.
   *
   * @param frozen how many of the tokens the next branch will likely begin with. A model that can be taken back to marks
   * only gets one there.
   * @returns how many tokens had to be evaluated. At least the last one always is, since sampling needs its logits; it
   * is left for `generateBranch`.
   */
  async setBranch(tokens: readonly number[], frozen: number, pause: Pause): Promise<readonly number[]> {
    const sequence = this.#sequence;
    const { used, branch } = this.window;
    if (branch.length === 0) await sequence.mark();
    const common = Math.min(commonPrefix(branch, tokens), tokens.length - 1);
    const kept = Math.max(0, sequence.reachable(used + common) - used);
    await sequence.rollBackTo(used + kept);
    this.window.setBranch(tokens.slice(0, kept));
    // A second mark in the branch would push out the one at the tail of the stream.
    const mark = sequence.needsMarks && kept === 0 ? Math.min(frozen, tokens.length - 1) : 0;
    let done = kept;
    while (done < mark || tokens.length - done > sequence.batchSize) {
      const end = Math.min(done + sequence.batchSize, done < mark ? mark : tokens.length - 1);
      await sequence.append(tokens.slice(done, end));
      this.counters.branched += end - done;
      done = end;
      this.window.setBranch(tokens.slice(0, done));
      if (done === mark) await sequence.mark();
      await pause(tokens.length - done);
    }
    return tokens.slice(done);
  }

  /** Samples at the end of the branch. `rest` are the tokens that `setBranch` left. */
  async *generateBranch(rest: readonly number[], sampling: Sampling): AsyncGenerator<Sampled, void, undefined> {
    const steps = this.#sequence.generate(rest, sampling);
    try {
      for (let entering = rest; ;) {
        const { value, done } = await steps.next();
        this.window.setBranch([...this.window.branch, ...entering]);
        this.counters.branched += entering.length;
        this.#changed();
        if (done === true) return;
        yield value;
        entering = [value.token];
      }
    } finally {
      await steps.return();
    }
  }

  /** Applies what llama.cpp put off (a shift) and tells what could come next: the last token goes through it once more. */
  async settle(): Promise<NextTokens> {
    await this.rollBack();
    if (this.window.used === 0) return new Map();
    this.counters.branched += 1;
    return this.#sequence.settle();
  }

  /** Takes the branch away: the tail is the stream's again. */
  async rollBack(): Promise<void> {
    if (this.window.branch.length === 0) return;
    await this.#sequence.rollBackTo(this.window.used);
    this.window.setBranch([]);
    this.#changed();
  }

  /**
   * Evicts until `need` tokens fit, or as many as ever can.
   *
   * @returns how many fit: `need`, or less when the window is too small for it at once.
   * @throws EngineError `windowFull` when nothing may leave.
   */
  async makeRoom(need: number): Promise<number> {
    const { window } = this;
    await this.rollBack();
    const fitting = Math.max(1, Math.min(need, window.limits.capacity - window.limits.reserve - window.pinned));
    const plan = this.#policy.plan(window, fitting);
    if (plan.kind === 'evict') await this.#evict(plan.ranges);
    if (window.free > 0) return Math.min(window.free, fitting);
    throw windowFull(
      this.#policy.name === 'dense'
        ? l10n.t(
            'The window is full, and the policy "dense" evicts nothing. Choose "sink" in the setting endless.cache.policy, or reset the window.',
          )
        : l10n.t('The pinned spans fill the whole window. Unpin something, or make endless.cache.capacity larger.'),
    );
  }

  /** Forgets everything but sinks and pinned spans. Returns the tokens that left. */
  async reset(): Promise<number> {
    await this.rollBack();
    const joined = rangesOf(this.window.spans, (span) => !span.pinned);
    if (joined.length > 0) await this.#evict(joined);
    return rangeLength(joined);
  }

  /**
   * Takes the pin off an event. It becomes an ordinary one while what came after it is all here; else it leaves at once,
   * since the model would see it before a gap that nothing tells of. Returns the tokens that left.
   */
  async unpin(eventId: EventId): Promise<number> {
    await this.rollBack();
    const horizon = this.window.horizon();
    const ranges = rangesOf(this.window.spans, (span) => span.pinned && span.eventId === eventId);
    this.window.unpin(eventId);
    const stays = horizon !== undefined && horizon <= eventId;
    if (!stays && ranges.length > 0) await this.#evict(ranges);
    this.#changed();
    return stays ? 0 : rangeLength(ranges);
  }

  /** Forgets everything, sinks and pinned spans too: for a window that is made anew. */
  async clear(): Promise<void> {
    this.window.clear();
    await this.#sequence.clear();
    this.#changed();
  }

  /** Evaluates the whole window again, which mends a damaged cache and costs a window's worth. Returns the tokens. */
  async reAnchor(): Promise<number> {
    await this.rollBack();
    await this.#recompute();
    this.health.noteReAnchor();
    this.#changed();
    return this.window.used;
  }

  supersede(eventId: EventId): void {
    this.window.supersede(eventId);
  }

  /** Evaluates text of the stream, and looks at a few of its tokens to see whether the model expected them. */
  async #read(batch: readonly number[]): Promise<void> {
    if (batch.length < LEAST_TO_READ) return this.#sequence.append(batch);
    const step = Math.floor(batch.length / READINGS);
    const targets = batch.map((_, index) => (index % step === step - 2 ? batch[index + 1] : undefined));
    for (const logProbability of await this.#sequence.score(batch, targets))
      if (logProbability !== undefined) this.health.addReading(-logProbability);
  }

  async #evict(ranges: readonly Range[]): Promise<void> {
    if (this.#policy.recompute) {
      this.window.evict(ranges);
      await this.#recompute();
    } else {
      await this.#sequence.erase(ranges);
      this.window.evict(ranges);
    }
    this.counters.evicted += rangeLength(ranges);
    this.counters.evictions += 1;
    this.health.noteEviction();
    this.#changed();
  }

  /** Evaluates the whole window again (sliding window with re-computation). */
  async #recompute(): Promise<void> {
    const tokens = this.window.tokens();
    await this.#sequence.clear();
    for (let done = 0; done < tokens.length; done += this.#sequence.batchSize)
      await this.#sequence.append(tokens.slice(done, done + this.#sequence.batchSize));
    this.counters.recomputed += tokens.length;
  }

  #grow(tokens: readonly number[]): void {
    this.window.grow(tokens);
    this.counters.streamed += tokens.length;
    this.#changed();
  }
}

/** Where the spans lie that are meant. */
function rangesOf(spans: readonly Span[], isMeant: (span: Span) => boolean): Range[] {
  let start = 0;
  const ranges: Range[] = [];
  for (const span of spans) {
    const end = start + span.tokens.length;
    if (isMeant(span)) ranges.push({ start, end });
    start = end;
  }
  return joinRanges(ranges);
}

function commonPrefix(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
