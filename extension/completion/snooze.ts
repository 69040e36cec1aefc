import { Emitter, type Event } from 'vscode-jsonrpc/node';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';

const MINUTE = 60_000;

/** A while in which no completion comes by itself. It ends with the window of VS Code. */
export class Snooze extends Disposable {
  readonly #end = this.register(new Delayer(() => this.#set(undefined)));
  readonly #onDidChange = this.register(new Emitter<undefined>());
  readonly onDidChange: Event<undefined> = this.#onDidChange.event;
  #until: number | undefined;

  /** When it ends, milliseconds since 1970. */
  get until(): number | undefined {
    return this.#until;
  }

  get active(): boolean {
    return this.#until !== undefined;
  }

  start(minutes: number): void {
    this.#end.schedule(minutes * MINUTE);
    this.#set(Date.now() + minutes * MINUTE);
  }

  stop(): void {
    this.#end.cancel();
    this.#set(undefined);
  }

  #set(until: number | undefined): void {
    this.#until = until;
    this.#onDidChange.fire(undefined);
  }
}
