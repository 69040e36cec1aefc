import { CancellationTokenSource, type CancellationToken, type Event } from 'vscode-jsonrpc/node';
import type { AskResult } from '../../inference/protocol.js';
import { Disposable } from '../base/lifecycle.js';
import type { EventView } from '../../inference/views.js';
import { EngineError, RequestCancelledError } from '../engine/engineError.js';
import type { Log } from '../base/log.js';

export interface ConversationOptions {
  readonly ask: (text: string, token: CancellationToken) => Promise<AskResult>;
  readonly isReady: () => boolean;
  /** Whether an engine that is not ready is on its way. */
  readonly isComing: () => boolean;
  /** Resolves when the engine is ready; rejects with an EngineError when it will not be. */
  readonly whenReady: () => Promise<void>;
  /** Puts everything that was typed in the editor into the stream. */
  readonly settleEdits: () => Promise<void>;
  /** What comes into the stream, replies that begin among it. */
  readonly onDidAddEvent: Event<EventView>;
  readonly tell: (message: string) => void;
  /** As `tell`, and the question will not be answered. */
  readonly refuse: (message: string) => void;
  readonly texts: ConversationTexts;
  readonly log: Log;
}

export interface ConversationTexts {
  waiting(): string;
  notAsked(reason: string): string;
  /** Stop was chosen before the engine had the question. */
  takenBack(): string;
}

/** Takes questions to the engine: waits for it when it is on its way, says so when it is not. */
export class Conversation extends Disposable {
  readonly #options: ConversationOptions;
  readonly #running = new Set<CancellationTokenSource>();
  /** Questions that wait for the engine, by their text: the same one is not asked twice. */
  readonly #waiting = new Set<string>();
  /** What the engine was asked and has not begun to answer, in its order. */
  readonly #unanswered: object[] = [];

  constructor(options: ConversationOptions) {
    super();
    this.#options = options;
    this.register(
      options.onDidAddEvent(({ kind, state }) => {
        if (kind === 'reply' && state === 'streaming') this.#unanswered.shift();
      }),
    );
  }

  /** Resolves to the answer, or to undefined when the question could not be asked or was stopped before it was. */
  async ask(text: string): Promise<AskResult | undefined> {
    if (text.trim() === '' || this.#waiting.has(text)) return undefined;
    const running = new CancellationTokenSource();
    let asked = false;
    this.#running.add(running);
    try {
      if (!this.#options.isReady()) await this.#wait(text, running.token);
      if (!running.token.isCancellationRequested) await this.#options.settleEdits();
      if (running.token.isCancellationRequested) {
        this.#options.refuse(this.#options.texts.takenBack());
        return undefined;
      }
      this.#unanswered.push(running);
      asked = true;
      return await this.#options.ask(text, running.token);
    } catch (error) {
      if (error instanceof RequestCancelledError) return undefined;
      // An engine that died has its own face, and the answer that it cut off says so itself.
      const cutOff = asked && !this.#unanswered.includes(running);
      if (cutOff && !this.#options.isReady()) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      if (!(error instanceof EngineError)) this.#options.log.error(reason);
      this.#options.refuse(this.#options.texts.notAsked(reason));
      return undefined;
    } finally {
      this.#running.delete(running);
      const at = this.#unanswered.indexOf(running);
      if (at >= 0) this.#unanswered.splice(at, 1);
      running.dispose();
    }
  }

  /** Whether the engine has a question whose answer has not begun. */
  get isReading(): boolean {
    return this.#unanswered.length > 0;
  }

  /** Stops the answer that is being written and takes back the questions that wait. */
  stop(): void {
    for (const running of this.#running) running.cancel();
  }

  /** Resolves when the engine is ready, or at once when the question is stopped. */
  async #wait(text: string, token: CancellationToken): Promise<void> {
    this.#waiting.add(text);
    if (this.#options.isComing()) this.#options.tell(this.#options.texts.waiting());
    const stopped = new Promise<void>((resolve) => void token.onCancellationRequested(() => resolve()));
    try {
      await Promise.race([this.#options.whenReady(), stopped]);
    } finally {
      this.#waiting.delete(text);
    }
  }
}
