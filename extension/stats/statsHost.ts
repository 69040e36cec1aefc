import { env, window } from 'vscode';
import type { Event } from 'vscode-jsonrpc/node';
import { facts } from '../../inference/protocol.js';
import type { SessionFacts } from '../../inference/views.js';
import type { AcceptanceView } from '../../webview-ui/messages.js';
import type { FromStats, HistoryRange, LeftOutView, StatsView, Versions } from '../../webview-ui/stats/messages.js';
import { Delayer, Throttle } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { ApplyRemedy } from '../commands/remedies.js';
import type { Supervisor } from '../engine/supervisor.js';
import { StatsHistory } from './statsHistory.js';
import type { StatsPage } from './statsPage.js';

export interface StatsHostOptions {
  readonly page: StatsPage;
  readonly engine: Supervisor;
  readonly leftOut: () => readonly LeftOutView[];
  readonly completions: () => AcceptanceView;
  /** What became of a completion is known. */
  readonly onDidCount: Event<unknown>;
  readonly versions: Versions;
  readonly applyRemedy: ApplyRemedy;
  readonly log: Log;
}

/** Milliseconds between two updates of the page, at least. */
const UPDATE_INTERVAL = 250;

/** Milliseconds between two moves of the time axis while nothing happens. */
const TICK = 1000;

/** Ticks between two looks at what the session takes on the disk. */
const TICKS_TO_MEASURE = 5;

/** Keeps the history of the window, and tells the page all that it shows while somebody looks. */
export class StatsHost extends Disposable {
  readonly #options: StatsHostOptions;
  readonly #history = new StatsHistory();
  readonly #update = this.register(new Throttle(UPDATE_INTERVAL, () => this.#send()));
  readonly #tick = this.register(new Delayer(() => this.#handleTick()));
  #range: HistoryRange = 'recent';
  #facts: SessionFacts | undefined;
  #sentAt = 0;
  #ticks = 0;

  constructor(options: StatsHostOptions) {
    super();
    this.#options = options;
    const { page, engine, onDidCount } = options;
    this.register(
      engine.onDidChangeWindow((view) => {
        this.#history.record(view, Date.now());
        this.#request();
      }),
    );
    this.register(
      engine.onDidChangeState(() => {
        if (!engine.ready) this.#facts = undefined;
        this.#request();
      }),
    );
    this.register(engine.onDidStart(() => void this.measure()));
    this.register(onDidCount(() => this.#request()));
    this.register(page.onDidReceive((message) => void this.#guard(() => this.#handle(message))));
    this.register(
      page.onDidHide(() => {
        this.#update.cancel();
        this.#tick.cancel();
      }),
    );
  }

  /** Everything that the page shows, as it is now. */
  view(): StatsView {
    const { engine, leftOut, completions, versions } = this.#options;
    const now = Date.now();
    return {
      now,
      engine: engine.state,
      ...(engine.window === undefined ? {} : { window: engine.window }),
      ...(this.#facts === undefined ? {} : { facts: this.#facts }),
      history: this.#history.view(this.#range, now),
      leftOut: leftOut(),
      completions: completions(),
      versions,
    };
  }

  async #handle(message: FromStats): Promise<void> {
    switch (message.type) {
      case 'show':
        this.#range = message.range;
        this.#update.run();
        this.#tick.schedule(TICK);
        await this.measure();
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        return;
      case 'remedy':
        await this.#options.applyRemedy(message.remedy);
        return;
    }
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.warn(reason);
      void window.showErrorMessage(reason);
    }
  }

  /** Asks for an update: at once, or as soon as the last one is old enough. */
  #request(): void {
    if (this.#options.page.loaded) this.#update.request();
  }

  #send(): void {
    this.#sentAt = Date.now();
    this.#options.page.post({ type: 'stats', stats: this.view() });
  }

  #handleTick(): void {
    this.#tick.schedule(TICK);
    this.#ticks += 1;
    if (this.#ticks % TICKS_TO_MEASURE === 0) void this.measure();
    else if (Date.now() - this.#sentAt >= TICK) this.#options.page.post({ type: 'tick', now: Date.now() });
  }

  /** Looks at what the session takes on the disk. */
  async measure(): Promise<void> {
    const { engine, page, log } = this.#options;
    if (!engine.ready || !page.loaded) return;
    try {
      this.#facts = await engine.request(facts);
    } catch (error) {
      // An engine that is away has its own face on the page; the next look finds it again.
      log.debug(`The session's facts could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#request();
  }
}
