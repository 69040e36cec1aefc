import type { Engine } from '../inference/engine.js';
import { toUserError } from '../inference/errors.js';
import { statsText } from './statsText.js';

const HELP = `/stats     the window and the counters
/window    what the model sees
/reset     empty the window down to sinks and system prompt
/undo      undo the last reset
/reanchor  evaluate the window again
/save      write the window to disk now
/quit      end; the session goes on next time
Ctrl-C     stop the answer`;

export interface Terminal {
  /** Text of the model or about it, as it comes. */
  write(text: string): void;
}

export interface ConversationOptions {
  readonly engine: Engine;
  readonly terminal: Terminal;
  /** The person has stopped the answer after so many tokens. */
  readonly handleStopped?: (tokens: number) => void;
}

/** What a line does: asks the model, or is a command. Knows no keyboard, so that a transcript can take its place. */
export class Conversation {
  readonly #engine: Engine;
  readonly #terminal: Terminal;
  readonly #handleStopped: (tokens: number) => void;
  #answering: AbortController | undefined;

  constructor({ engine, terminal, handleStopped = () => undefined }: ConversationOptions) {
    this.#engine = engine;
    this.#terminal = terminal;
    this.#handleStopped = handleStopped;
  }

  /**
   * @param stopAfter tokens after which the answer is stopped: where the person did so before.
   * @returns false when it was the last line.
   */
  async handle(line: string, stopAfter?: number): Promise<boolean> {
    const text = line.trim();
    if (text === '/quit') return false;
    try {
      if (text.startsWith('/')) this.#say(await this.#command(text));
      else if (text !== '') await this.#ask(text, stopAfter);
    } catch (error) {
      this.#say(toUserError(error).message);
    }
    return true;
  }

  /** Stops the answer that is being written. @returns false when there is none. */
  stop(): boolean {
    if (this.#answering === undefined) return false;
    this.#answering.abort();
    return true;
  }

  async #ask(text: string, stopAfter: number | undefined): Promise<void> {
    this.#answering = new AbortController();
    try {
      const { signal } = this.#answering;
      const { stopped, tokens } = await this.#engine.session.ask(text, signal, stopAfter);
      this.#terminal.write('\n');
      if (stopped === 'cancelled') this.#handleStopped(tokens);
      if (stopped === 'length' && stopAfter === undefined) this.#say('(as long as a reply may be: --max-tokens)');
    } finally {
      this.#answering = undefined;
    }
  }

  /** @returns what to tell about it. */
  async #command(text: string): Promise<string> {
    const { session } = this.#engine;
    switch (text) {
      case '/help':
        return HELP;
      case '/stats':
        return statsText(session.windowView());
      case '/window':
        return session
          .windowText()
          .map((span) => span.text)
          .join('');
      case '/reset':
        return `${await session.reset()} tokens left the window`;
      case '/undo':
        return `${await session.undoReset()} tokens are in the window again`;
      case '/reanchor':
        return `${await session.reAnchor()} tokens were evaluated again`;
      case '/save':
        await session.checkpoint();
        return 'Saved';
      default:
        return `There is no command ${text}\n${HELP}`;
    }
  }

  #say(text: string): void {
    this.#terminal.write(`${text}\n`);
  }
}
