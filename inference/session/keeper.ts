import { messageOf } from '../errors.js';
import type { KvSequence } from '../llama/kvSequence.js';
import { divergence, likeliest } from '../llama/nextTokens.js';
import type { Checkpoint, CheckpointHeader, CheckpointStore, SavedSpan } from '../store/checkpoints.js';
import type { EventId, SpanKind } from '../views.js';
import type { Span } from '../window/span.js';
import { beginsWith, type Head } from './head.js';
import type { LiveWindow } from './liveWindow.js';
import { sameTokens } from './sameTokens.js';

/** How many of the likeliest next tokens a checkpoint remembers. */
const FINGERPRINT = 32;

/** Divergence in nats above which a loaded state is not the one that was saved. Equal machines give less than 1e-6. */
const TOLERANCE = 1e-3;

export interface KeeperOptions {
  readonly live: LiveWindow;
  readonly sequence: KvSequence;
  readonly store: CheckpointStore;
  readonly model: string;
  readonly format: string;
  readonly now: () => number;
  readonly log: (level: 'info' | 'warn', message: string) => void;
}

/** Writes the window to disk and brings it back. Call it only between events, when nothing else uses the sequence. */
export class Keeper {
  readonly #options: KeeperOptions;
  #savedAt = '';

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Whether tokens came or went since the last checkpoint. */
  get stale(): boolean {
    return this.#savedAt !== this.#mark;
  }

  /**
   * Copies the window's state to a file. Nothing else may use the sequence meanwhile; the rest, `keep`, only takes time.
   *
   * @returns what makes a checkpoint of it and gives the bytes written, or undefined when it is larger than allowed.
   */
  async save(
    journal: { readonly lastEvent: EventId; readonly missing: readonly EventId[] },
    beforeReset?: EventId,
  ): Promise<(() => Promise<number>) | undefined> {
    const { live, sequence, store, model, format, now } = this.#options;
    await live.rollBack();
    const next = await live.settle();
    const header: Omit<CheckpointHeader, 'sha256'> = {
      version: 1,
      model,
      format,
      spans: live.window.spans.map(toSaved),
      ...journal,
      fingerprint: likeliest(next, FINGERPRINT),
      at: now(),
      ...(beforeReset === undefined ? {} : { beforeReset }),
    };
    const mark = this.#mark;
    const keep = await store.write(header, (path) => sequence.save(path));
    if (keep === undefined) return undefined;
    return async () => {
      const bytes = await keep();
      if (beforeReset === undefined) this.#savedAt = mark;
      return bytes;
    };
  }

  /**
   * Loads the newest checkpoint that fits and verifies; others are discarded.
   *
   * @param accepts whether the journal allows it.
   */
  async restore(head: Head, accepts: (header: CheckpointHeader) => boolean): Promise<CheckpointHeader | undefined> {
    const { store, log } = this.#options;
    const fatal = await store.discardFatal();
    if (fatal > 0)
      log('warn', 'A saved window ended the engine when it was loaded; it is gone, the journal has everything');
    await store.sweep();
    for (const checkpoint of await store.list()) {
      if (!accepts(checkpoint.header)) continue;
      const problem = await this.load(checkpoint, head);
      if (problem === undefined) {
        this.#savedAt = this.#mark;
        return checkpoint.header;
      }
      log('warn', `A saved window is not used: ${problem}`);
      await store.discard(checkpoint.name);
    }
    return undefined;
  }

  /** @returns why it is no good; the window is empty then, and llama.cpp has not seen a state that it could end over. */
  async load(checkpoint: Checkpoint, head: Head): Promise<string | undefined> {
    this.#savedAt = '';
    const { live, sequence, store } = this.#options;
    const { header } = checkpoint;
    const tokens = header.spans.flatMap((span) => span.tokens);
    await live.clear();
    const mismatch = this.#mismatch(header, head);
    if (mismatch !== undefined) return mismatch;
    if (!(await store.isWhole(checkpoint))) return 'its file is damaged';
    try {
      const next = await store.loading(checkpoint, async () => {
        await sequence.load(checkpoint.statePath);
        if (!sameTokens(sequence.tokens, tokens)) throw new Error('it holds other tokens than its header says');
        live.window.restore(header.spans.map(fromSaved));
        return live.settle();
      });
      const distance = divergence(new Map(header.fingerprint), next);
      if (distance <= TOLERANCE) return undefined;
      throw new Error(`what it predicts differs by ${distance.toPrecision(2)} nats`);
    } catch (error) {
      await live.clear();
      return messageOf(error);
    }
  }

  #mismatch(header: CheckpointHeader, head: Head): string | undefined {
    const { live, model, format } = this.#options;
    if (header.model !== model) return 'it is of another model';
    if (header.format !== format) return 'it is of another version of llama.cpp or another cache type';
    if (!beginsWith(header.spans, head)) return 'the system prompt, the sinks or the policy have changed';
    const used = header.spans.reduce((sum, span) => sum + span.tokens.length, 0);
    if (used > live.window.limits.capacity - live.window.limits.reserve) return 'the window is smaller now';
    return undefined;
  }

  /** Changes whenever tokens come or go. */
  get #mark(): string {
    const { streamed, evicted } = this.#options.live.counters;
    return `${streamed} ${evicted}`;
  }
}

const toSaved = (span: Span): SavedSpan => ({
  kind: span.kind,
  title: span.title,
  at: span.at,
  pinned: span.pinned,
  group: span.group,
  opening: span.opening,
  cut: span.cut,
  superseded: span.superseded,
  ...(span.eventId === undefined ? {} : { eventId: span.eventId }),
  tokens: span.tokens,
});

const fromSaved = (span: SavedSpan): Omit<Span, 'id'> => ({ ...span, kind: span.kind as SpanKind });
