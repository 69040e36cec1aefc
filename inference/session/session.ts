import { notPinned, nothingToUndo, sessionInUse } from '../errors.js';
import type { LocalModel } from '../llama/localModel.js';
import type { NextTokens } from '../llama/nextTokens.js';
import type { CheckpointHeader, CheckpointStore } from '../store/checkpoints.js';
import type { EventId, EventView, WindowView } from '../views.js';
import { Window } from '../window/window.js';
import type { CacheOptions } from './cacheOptions.js';
import { answer, type ChatOptions, type ChatResult } from './chatTurn.js';
import { completeAtCursor, type CompletionRequest, type CompletionResult } from './completer.js';
import { appendEvent, titleOf, type SessionCore } from './core.js';
import { detectFim, type FimFormat } from './fimFormat.js';
import { ENDLESS, framingFromTemplate, type Framing } from './framing.js';
import { Intake } from './intake.js';
import { LiveWindow } from './liveWindow.js';
import { allTokens, Renderer } from './renderer.js';
import { Keeper } from './keeper.js';
import { Opening } from './opening.js';
import { lastMark, lastReset, sinceCheckpoint } from './resume.js';
import { PinnedRoom } from './pinnedRoom.js';
import { Saving, type SavedTo } from './saving.js';
import { Scheduler, type Slice } from './scheduler.js';
import type { Incoming, Resumed, SessionOptions } from './sessionOptions.js';
import { SpeedMeter } from './speedMeter.js';
import { spanText, windowText, type SpanText } from './windowText.js';
import { windowView } from './windowView.js';

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
  readonly #keeper: Keeper;
  readonly #saving: Saving;
  readonly #opening: Opening;
  readonly #checkpoints: CheckpointStore;
  readonly #log: SessionOptions['log'];
  readonly #pinnedRoom: PinnedRoom;
  readonly #intake: Intake;
  #opened = false;
  /** An answer ended in an error; the journal may have it as being written. */
  #cutOff = false;
  #resets = 0;
  /** While the window holds no event, the model sees nothing older than this one. */
  #emptyFrom: EventId | undefined;

  constructor(options: SessionOptions) {
    const { model } = options;
    this.#model = model;
    this.#cache = options.cache;
    this.#chat = options.chat;
    this.#readOnly = options.readOnly;
    this.#checkpoints = options.checkpoints;
    this.#log = options.log;
    this.framing =
      model.facts.endless === undefined
        ? framingFromTemplate(model.facts.chatTemplate, model.vocabulary.eosText)
        : ENDLESS;
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
    this.#opening = new Opening(this.#core, options.cache, {
      own: model.facts.endless?.systemPrompt,
      workspace: options.workspace,
    });
    this.#keeper = new Keeper({
      live: this.#core.live,
      sequence: model.sequence,
      store: options.checkpoints,
      model: options.modelHash,
      format: model.stateFormat,
      now: options.now,
      log: options.log,
    });
    this.#pinnedRoom = new PinnedRoom(window, this.#core.renderer, options.cache.pinnedTokens);
    this.#intake = new Intake(this.#core, this.#pinnedRoom);
    this.#saving = new Saving({
      keeper: this.#keeper,
      canSave: model.capabilities.rollBack,
      log: options.log,
      // A session that is ending saves by itself.
      whenIdle: () =>
        void this.checkpoint().catch((error: unknown) => {
          if (!this.#ending.signal.aborted) this.#saving.tell(error);
        }),
    });
  }

  get canComplete(): boolean {
    return this.#fim !== undefined && !this.#readOnly;
  }

  /** Brings the window back: from the saved KV state, else from the text of the journal. Once, before anything else. */
  async open(): Promise<Resumed> {
    const start = performance.now();
    const { journal, scheduler, live } = this.#core;
    if (this.#readOnly) return { events: journal.count, tokens: 0, from: 'journal', milliseconds: 0 };
    const interrupted = journal.finishInterrupted().at(-1);
    const from = await scheduler.run('chat', (slice) => this.#resume(slice));
    if (journal.count > 0) this.#emptyFrom = journal.lastId + 1;
    return {
      events: journal.count,
      tokens: live.window.used - this.#opening.head.tokens.length,
      from,
      milliseconds: performance.now() - start,
      ...(interrupted === undefined ? {} : { interruptedReply: interrupted }),
    };
  }

  /**
   * Journals the question, answers it; resolves when the reply is complete, stopped, or as long as it may be.
   *
   * @param maxTokens of this reply, where another length than the usual one is wanted.
   */
  async ask(
    text: string,
    signal: AbortSignal,
    maxTokens = this.#chat.maxTokens,
  ): Promise<ChatResult & { readonly message: EventView }> {
    this.#requireOwner();
    const { journal, scheduler, out } = this.#core;
    const message = journal.add({ kind: 'message', title: titleOf(text), text, at: this.#core.now() });
    this.#intake.hold(message.id);
    out.handleEvent(message);
    const stop = AbortSignal.any([signal, this.#ending.signal]);
    const result = await scheduler.run('chat', async (slice) => {
      try {
        // One that a full disk cut off could not be marked then. Now, since no answer is being written that it could mistake.
        if (this.#cutOff) journal.finishInterrupted();
        this.#cutOff = false;
        // What was edited before the question is read before the question.
        await this.#intake.drain(slice, 'event', stop);
      } finally {
        this.#intake.release(message.id);
      }
      const done = await answer(this.#core, message, { ...this.#chat, maxTokens }, slice, stop).catch(
        (error: unknown) => {
          this.#cutOff = true;
          throw error;
        },
      );
      await this.#makeRoomAhead();
      return done;
    });
    return { ...result, message };
  }

  /** Journals events at once and takes them into the window when nothing more urgent is going on. */
  append(events: readonly Incoming[]): EventId[] {
    this.#requireOwner();
    const { journal, scheduler, out } = this.#core;
    this.#pinnedRoom.require(events.filter((event) => event.kind === 'memory').map((event) => event.text));
    const added = journal.addAll(events.map((event) => ({ ...event, at: this.#core.now() })));
    for (const [index, event] of added.entries()) this.#intake.add(event, events[index]?.supersedes);
    for (const event of added) out.handleEvent(event);
    void scheduler
      .run('ingestion', async (slice) => {
        await this.#intake.drain(slice, 'stream', this.#ending.signal);
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
    this.#intake.hold(event.id);
    out.handleEvent(event);
    await scheduler.run('recall', (slice) => {
      this.#intake.release(event.id);
      return appendEvent(this.#core, event, slice);
    });
    return event.id;
  }

  /** Completes at the cursor on a branch; an aborted request resolves to nothing. */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<CompletionResult> {
    const fim = this.#fim;
    const nothing: CompletionResult = { text: '', confidence: 0, evaluated: 0, milliseconds: 0 };
    if (fim === undefined || this.#readOnly) return nothing;
    this.#saving.putOff();
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

  /** Takes the pin off a memory. Returns the tokens that left the window for it. */
  async unpin(id: EventId): Promise<number> {
    this.#requireOwner();
    const { journal, scheduler, live, out } = this.#core;
    return scheduler.run('chat', async (slice) => {
      await this.#intake.drainWhatFits(slice, this.#ending.signal);
      const memory = journal.memories().find((pinned) => pinned.id === id);
      if (memory === undefined) throw notPinned();
      const event = journal.add({ kind: 'unpin', title: memory.title, text: String(id), at: this.#core.now() });
      const tokens = await live.unpin(id);
      this.#saving.whenIdle();
      out.handleEvent(event);
      return tokens;
    });
  }

  /** "Reset Window": empties the window down to sinks and pinned spans. The journal keeps everything. */
  async reset(): Promise<number> {
    this.#requireOwner();
    const { journal, scheduler, live, out } = this.#core;
    return scheduler.run('chat', async (slice) => {
      await this.#intake.drainWhatFits(slice, this.#ending.signal);
      const event = journal.add({ kind: 'reset', title: 'Window reset', text: '', at: this.#core.now() });
      await this.#saving.save(this.#saved(), event.id);
      this.#emptyFrom = event.id;
      const tokens = await live.reset();
      // Layers with a sliding window have given the cells of the first tokens away, and now look at those again.
      if (this.#model.facts.slidingWindow > 0) await live.reAnchor();
      this.#resets += 1;
      out.handleEvent(event);
      out.handleWindowChanged();
      return tokens;
    });
  }

  /** "Undo Reset": the window as it was before the last reset, and what came since after it. */
  async undoReset(): Promise<number> {
    this.#requireOwner();
    const { journal, scheduler, live, out } = this.#core;
    return scheduler.run('chat', async (slice) => {
      await this.#intake.drainWhatFits(slice, this.#ending.signal);
      const reset = lastReset(journal);
      if (reset === 0) throw nothingToUndo();
      const checkpoint = (await this.#checkpoints.list()).find(({ header }) => header.beforeReset === reset);
      const event = journal.add({ kind: 'undoReset', title: 'Reset undone', text: '', at: this.#core.now() });
      const problem =
        checkpoint === undefined ? 'there is none' : await this.#keeper.load(checkpoint, this.#opening.head);
      if (problem !== undefined) this.#log('warn', `The window from before the reset is made anew: ${problem}`);
      await this.#catchUp(problem === undefined ? checkpoint?.header : undefined, slice);
      await this.#saving.save(this.#saved());
      out.handleEvent(event);
      out.handleWindowChanged();
      return live.window.used;
    });
  }

  /** Evaluates the window again: the remedy when its cache seems damaged. */
  async reAnchor(): Promise<number> {
    this.#requireOwner();
    return this.#core.scheduler.run('chat', () => this.#core.live.reAnchor());
  }

  /** Writes the window to disk, if it changed. Happens by itself when idle and at the end. */
  async checkpoint(): Promise<void> {
    if (this.#readOnly) return;
    await this.#saving.settled();
    await this.#core.scheduler.run('ingestion', async (slice) => {
      await this.#intake.drain(slice, 'stream', this.#ending.signal);
      if (this.#keeper.stale) await this.#saving.copy(this.#saved());
    });
    // Made durable while others go on with the sequence.
    await this.#saving.settled();
  }

  windowView(): WindowView {
    return windowView(this.#core, this.#model.sequence.counters, {
      pinnedTokens: this.#cache.pinnedTokens,
      resets: this.#resets,
      emptyFrom: this.#emptyFrom,
    });
  }

  /** The exact text of the window, span by span. */
  windowText(): SpanText[] {
    return windowText(this.#core.live.window.spans, this.#core.vocabulary);
  }

  /** The text of one span, if it is still there. */
  spanText(id: number): string | undefined {
    return spanText(this.#core.live.window, this.#core.vocabulary, id);
  }

  /** Tokens that a text would take in the window as a question, its markers included. */
  countTokens(text: string): number {
    return allTokens(this.#core.renderer.render('message', text)).length;
  }

  /** What could come next, for tests and benchmarks. The branch, if there is one, is rolled back. */
  predict(): Promise<NextTokens> {
    return this.#core.scheduler.run('recall', () => this.#core.live.settle());
  }

  /** For tests: everything that was asked for has happened. */
  whenIdle(): Promise<void> {
    return this.#core.scheduler.whenIdle();
  }

  /** For tests: the window, and the tokens that llama.cpp holds, which must be the same. */
  inspect(): { readonly window: Window; readonly held: readonly number[] } {
    return { window: this.#core.live.window, held: this.#model.sequence.tokens };
  }

  /** Stops what runs at the next token, and saves the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#saving[Symbol.dispose]();
    const reason = new Error('The session is closing');
    this.#ending.abort(reason);
    this.#core.scheduler.dispose(reason);
    await this.#core.scheduler.whenIdle();
    await this.#saving.settled();
    if (!this.#readOnly && this.#opened && this.#keeper.stale) await this.#saving.save(this.#saved());
  }

  async #resume(slice: Slice): Promise<'checkpoint' | 'journal'> {
    const { journal } = this.#core;
    const mark = lastMark(journal);
    // A window from before the last reset, or from before its undoing, may not come back by itself.
    const header = await this.#keeper.restore(
      this.#opening.head,
      (saved) => saved.beforeReset === undefined && saved.lastEvent >= mark,
    );
    const from = await this.#catchUp(header, slice);
    this.#opened = true;
    return from;
  }

  /** After a saved window is loaded: what came since. Without one, or where that is too much, the window is made anew. */
  async #catchUp(header: CheckpointHeader | undefined, slice: Slice): Promise<'checkpoint' | 'journal'> {
    // What came while the saved window was being read waits for its own turn.
    const waiting = new Set(this.#intake.missing);
    const since =
      header === undefined
        ? undefined
        : sinceCheckpoint(this.#core.journal, header).filter(({ id }) => !waiting.has(id));
    if (since !== undefined && this.#opening.holds(since)) {
      await this.#opening.replay(since, slice);
      return 'checkpoint';
    }
    if (since !== undefined) this.#log('info', 'More came since the window was saved than it holds: it is made anew');
    await this.#opening.rebuild(slice, () => this.#intake.missing);
    return 'journal';
  }

  /** Evicts while nobody waits, so that the next event or token finds room. */
  async #makeRoomAhead(): Promise<void> {
    const { live } = this.#core;
    if (live.policy.name !== 'dense') await live.makeRoom(this.#cache.block);
    this.#saving.whenIdle();
  }

  /** How far into the journal the window is. */
  #saved(): SavedTo {
    return { lastEvent: this.#core.journal.lastId, missing: this.#intake.missing };
  }

  #requireOwner(): void {
    if (this.#readOnly) throw sessionInUse();
  }
}
