import { CancellationTokenSource, type CancellationToken } from 'vscode-jsonrpc/node';
import type { AskResult } from '../../inference/protocol.js';
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
  readonly tell: (message: string) => void;
  readonly texts: ConversationTexts;
  readonly log: Log;
}

export interface ConversationTexts {
  waiting(): string;
  notAsked(reason: string): string;
}

/** Takes questions to the engine: waits for it when it is on its way, says so when it is not. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #running = new Set<CancellationTokenSource>();
  /** Questions that wait for the engine, by their text: the same one is not asked twice. */
  readonly #waiting = new Set<string>();

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  /** Resolves to the answer, or to undefined when the question could not be asked or was stopped before it was. */
  async ask(text: string): Promise<AskResult | undefined> {
    if (text.trim() === '' || this.#waiting.has(text)) return undefined;
    const running = new CancellationTokenSource();
    this.#running.add(running);
    try {
      if (!this.#options.isReady() && !(await this.#wait(text, running.token))) return undefined;
      await this.#options.settleEdits();
      if (running.token.isCancellationRequested) return undefined;
      return await this.#options.ask(text, running.token);
    } catch (error) {
      if (error instanceof RequestCancelledError) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      if (!(error instanceof EngineError)) this.#options.log.error(reason);
      this.#options.tell(this.#options.texts.notAsked(reason));
      return undefined;
    } finally {
      this.#running.delete(running);
      running.dispose();
    }
  }

  /** Stops the answer that is being written and takes back the questions that wait. */
  stop(): void {
    for (const running of this.#running) running.cancel();
  }

  async #wait(text: string, token: CancellationToken): Promise<boolean> {
    this.#waiting.add(text);
    if (this.#options.isComing()) this.#options.tell(this.#options.texts.waiting());
    try {
      await this.#options.whenReady();
      return !token.isCancellationRequested;
    } finally {
      this.#waiting.delete(text);
    }
  }
}
