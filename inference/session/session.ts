import { sessionInUse, windowFull } from '../errors.js';
import type { LocalModel } from '../llama/localModel.js';
import type { Journal } from '../store/journal.js';
import type { EventId, EventView, WindowView } from '../views.js';
import { Window } from '../window/window.js';
import type { CacheOptions } from './cacheOptions.js';
import { answer, type ChatOptions, type ChatResult } from './chatTurn.js';
import { completeAtCursor, type CompletionRequest, type CompletionResult } from './completer.js';
import { appendEvent, titleOf, type SessionCore, type SessionOutput } from './core.js';
import { detectFim, type FimFormat } from './fimFormat.js';
import { ENDLESS, framingFromTemplate, type Framing } from './framing.js';
import { LiveWindow } from './liveWindow.js';
import { allTokens, Renderer } from './renderer.js';
import { chooseReplay } from './resume.js';
import { Scheduler, type Slice } from './scheduler.js';
import { SpeedMeter } from './speedMeter.js';

export interface SessionOptions {
  readonly model: LocalModel;
  readonly journal: Journal;
  readonly cache: CacheOptions;
  readonly chat: ChatOptions;
  readonly output: SessionOutput;
  readonly now: () => number;
  /** Another process writes this session; here it can only be read. */
  readonly readOnly: boolean;
}

export interface Incoming {
  readonly kind: 'edit' | 'outline' | 'memory';
  readonly title: string;
  readonly text: string;
}

/** What ordinary models are told; a built-in one brings the prompt that it was trained with. */
const SYSTEM_PROMPT = `You are Endless, a coding assistant inside the editor. This is one session that never ends: you see the person's edits as diffs, outlines of their files and the conversation, oldest first. What is not here you cannot see; say so rather than guess. Answer briefly, in Markdown.`;

const SHORT_SYSTEM_PROMPT = 'You are Endless, a coding assistant.';

/** Share of the window that is filled again after a start without a checkpoint; the rest is room for what comes. */
const REPLAY_SHARE = 0.6;

/** The never-reset session: everything that happens to the stream, in order, one thing at a time. */
export class Session implements AsyncDisposable {
  readonly framing: Framing;
  readonly #model: LocalModel;
  readonly #cache: CacheOptions;
  readonly #chat: ChatOptions;
  readonly #core: SessionCore;
  readonly #fim: FimFormat | undefined;
  readonly #readOnly: boolean;
  readonly #ending = new AbortController();
  /** Journaled, not in the window yet. */
  readonly #pending: EventView[] = [];
  #resets = 0;

  constructor(options: SessionOptions) {
    const { model } = options;
    this.#model = model;
    this.#cache = options.cache;
    this.#chat = options.chat;
    this.#readOnly = options.readOnly;
    this.framing = model.facts.endless === undefined ? framingFromTemplate(model.facts.chatTemplate) : ENDLESS;
    this.#fim = model.capabilities.rollBack ? detectFim(model.vocabulary) : undefined;
    const window = new Window({ capacity: options.cache.capacity, reserve: options.cache.reserve });
    this.#core = {
      live: new LiveWindow(window, model.sequence, options.cache.policy, () => options.output.handleWindowChanged()),
      renderer: new Renderer(model.vocabulary, this.framing),
      vocabulary: model.vocabulary,
      journal: options.journal,
      scheduler: new Scheduler(),
      speed: new SpeedMeter(),
      out: options.output,
      now: options.now,
    };
  }

  get canComplete(): boolean {
    return this.#fim !== undefined && !this.#readOnly;
  }

  /** Opens the stream (sinks, system prompt) and puts back what the journal holds. Once, before anything else. */
  async open(): Promise<{ readonly events: number; readonly tokens: number; readonly interruptedReply?: EventId }> {
    const { journal, scheduler } = this.#core;
    if (this.#readOnly) return { events: journal.count, tokens: 0 };
    const interrupted = journal.finishInterrupted().at(-1);
    const tokens = await scheduler.run('chat', async (slice) => {
      await this.#openStream();
      return this.#replay(slice);
    });
    return { events: journal.count, tokens, ...(interrupted === undefined ? {} : { interruptedReply: interrupted }) };
  }

  /** Journals the question, answers it; resolves when the reply is complete, stopped, or as long as it may be. */
  async ask(text: string, signal: AbortSignal): Promise<ChatResult & { readonly message: EventView }> {
    this.#requireOwner();
    const { journal, scheduler, out } = this.#core;
    const message = journal.add({ kind: 'message', title: titleOf(text), text, at: this.#core.now() });
    out.handleEvent(message);
    const stop = AbortSignal.any([signal, this.#ending.signal]);
    const result = await scheduler.run('chat', async (slice) => {
      // What was edited before the question is read before the question.
      await this.#drain(slice, 'event');
      const done = await answer(this.#core, message, this.#chat, slice, stop);
      await this.#makeRoomAhead();
      return done;
    });
    return { ...result, message };
  }

  /** Journals events at once and takes them into the window when nothing more urgent is going on. */
  append(events: readonly Incoming[]): EventId[] {
    this.#requireOwner();
    const { journal, scheduler, out } = this.#core;
    const added = events.map((event) => {
      if (event.kind === 'memory') this.#requirePinnedRoom(event.text);
      return journal.add({ ...event, at: this.#core.now() });
    });
    this.#pending.push(...added);
    for (const event of added) out.handleEvent(event);
    void scheduler
      .run('ingestion', async (slice) => {
        await this.#drain(slice, 'stream');
        await this.#makeRoomAhead();
      })
      .catch((error: unknown) => {
        // At the end of the process nothing is wrong: what is journaled comes back at the next start.
        if (!this.#ending.signal.aborted) out.handleProblem(error);
      });
    return added.map((event) => event.id);
  }

  /** Brings an evicted event back, as a new event at the tail. */
  async recall(id: EventId): Promise<EventId> {
    this.#requireOwner();
    const { journal, scheduler, out } = this.#core;
    const old = journal.get(id);
    if (old === undefined) throw new Error(`There is no event ${id} to recall`);
    const event = journal.add({ kind: 'recall', title: old.title, text: old.text, at: this.#core.now() });
    out.handleEvent(event);
    await scheduler.run('recall', (slice) => appendEvent(this.#core, event, slice));
    return event.id;
  }

  /** Completes at the cursor on a branch; an aborted request resolves to nothing. */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<CompletionResult> {
    const fim = this.#fim;
    const nothing: CompletionResult = { text: '', confidence: 0, evaluated: 0, milliseconds: 0 };
    if (fim === undefined || this.#readOnly) return nothing;
    try {
      return await this.#core.scheduler.run(
        'completion',
        () => completeAtCursor(this.#core, fim, request, signal),
        signal,
      );
    } catch (error) {
      if (signal.aborted || this.#ending.signal.aborted) return nothing;
      throw error;
    }
  }

  /** "Reset Window": empties the window down to sinks and pinned spans. The journal keeps everything. */
  async reset(): Promise<number> {
    this.#requireOwner();
    const { journal, scheduler, live, out } = this.#core;
    return scheduler.run('chat', async (slice) => {
      await this.#drain(slice, 'event');
      const tokens = await live.reset();
      this.#resets += 1;
      out.handleEvent(
        journal.add({ kind: 'reset', title: `${tokens} tokens left the window`, text: '', at: this.#core.now() }),
      );
      out.handleWindowChanged();
      return tokens;
    });
  }

  windowView(): WindowView {
    const { live, speed } = this.#core;
    const { window } = live;
    const kv = this.#model.sequence.counters;
    const horizon = window.horizon();
    return {
      capacity: window.limits.capacity,
      reserve: window.limits.reserve,
      used: window.used + window.branch.length,
      spans: window.views(),
      ...(horizon === undefined ? {} : { horizon }),
      policy: live.policy.name,
      counters: {
        streamed: live.counters.streamed,
        generated: kv.generated,
        evaluated: kv.evaluated,
        branched: live.counters.branched,
        reEvaluated: live.counters.recomputed + kv.unasked,
        evicted: live.counters.evicted,
        moved: kv.moved,
        evictions: live.counters.evictions,
        resets: this.#resets,
        prefillMs: kv.prefillMs,
        decodeMs: kv.decodeMs,
        shiftMs: kv.shiftMs,
      },
      speed: speed.view,
    };
  }

  /** The exact text of the window, span by span. */
  windowText(): { spanId: number; kind: string; title: string; text: string }[] {
    return this.#core.live.window.spans
      .filter((span) => span.tokens.length > 0)
      .map((span) => ({
        spanId: span.id,
        kind: span.kind,
        title: span.title,
        text: this.#core.vocabulary.decodeExactly(span.tokens),
      }));
  }

  /** For tests: everything that was asked for has happened. */
  whenIdle(): Promise<void> {
    return this.#core.scheduler.whenIdle();
  }

  /** For tests: the window, and the tokens that llama.cpp holds, which must be the same. */
  inspect(): { readonly window: Window; readonly held: readonly number[] } {
    return { window: this.#core.live.window, held: this.#model.sequence.tokens };
  }

  /** Stops what runs at the next token; nothing is lost, it is all in the journal. */
  async [Symbol.asyncDispose](): Promise<void> {
    const reason = new Error('The session is closing');
    this.#ending.abort(reason);
    this.#core.scheduler.dispose(reason);
    await this.#core.scheduler.whenIdle();
  }

  /** The stream begins: BOS if the model has one, then the system prompt. The first tokens of it all are the sinks. */
  async #openStream(): Promise<void> {
    const { live, renderer, vocabulary } = this.#core;
    const prompt = this.#systemPrompt();
    const head = [
      ...(vocabulary.bos === undefined ? [] : [vocabulary.bos]),
      ...allTokens(renderer.render('system', prompt)),
    ];
    const { sinks } = this.#cache;
    const pinned = live.policy.name !== 'window';
    const at = this.#core.now();
    const noPause = (): Promise<void> => Promise.resolve();
    if (sinks > 0) {
      await live.open({ kind: 'sink', title: this.#cache.sinkMode, at, pinned: true });
      await live.append(head.slice(0, sinks), noPause);
    }
    if (head.length > sinks) {
      await live.open({ kind: 'system', title: titleOf(prompt), at, pinned });
      await live.append(head.slice(sinks), noPause);
    }
  }

  /** The model's own, or ours; a short one where the window is too small for it. */
  #systemPrompt(): string {
    const own = this.#model.facts.endless?.systemPrompt;
    if (own !== undefined) return own;
    const tokens = allTokens(this.#core.renderer.render('system', SYSTEM_PROMPT)).length;
    return tokens <= this.#cache.pinnedTokens ? SYSTEM_PROMPT : SHORT_SYSTEM_PROMPT;
  }

  async #replay(slice: Slice): Promise<number> {
    const { live, journal, renderer } = this.#core;
    const { capacity, reserve } = live.window.limits;
    const before = live.counters.streamed;
    const { pinned, recent } = chooseReplay(
      journal,
      renderer,
      (capacity - reserve - live.window.pinned) * REPLAY_SHARE,
    );
    for (const event of pinned) await appendEvent(this.#core, event, slice, { pinned: true });
    let question: number | undefined;
    for (const event of recent) {
      if (event.kind === 'message') question = event.id;
      const inTurn = event.kind === 'message' || event.kind === 'reply';
      await appendEvent(this.#core, event, slice, inTurn && question !== undefined ? { group: question } : {});
    }
    return live.counters.streamed - before;
  }

  async #drain(slice: Slice, at: 'event' | 'stream'): Promise<void> {
    for (let event = this.#pending.shift(); event !== undefined; event = this.#pending.shift()) {
      await appendEvent(this.#core, event, slice, event.kind === 'memory' ? { pinned: true } : {});
      await slice.stepAside(at);
    }
  }

  /** Evicts while nobody waits, so that the next event or token finds room. */
  async #makeRoomAhead(): Promise<void> {
    const { live } = this.#core;
    if (live.policy.name === 'dense') return;
    await live.makeRoom(this.#cache.block);
  }

  #requireOwner(): void {
    if (this.#readOnly) throw sessionInUse();
  }

  #requirePinnedRoom(text: string): void {
    const { live, renderer } = this.#core;
    const tokens = allTokens(renderer.render('memory', text)).length;
    const budget = this.#cache.pinnedTokens;
    if (live.window.pinned + tokens > budget)
      throw windowFull(
        `This note takes ${tokens} tokens, and ${live.window.pinned} of the ${budget} for pinned text are in use. Shorten it, unpin something, or raise endless.cache.pinnedBudget.`,
      );
  }
}
