import type { Memento } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import { Disposable, type IDisposable } from '../base/lifecycle.js';
import type { Settings } from '../settings/settings.js';
import type { EditTracker } from './editTracker.js';

const PAUSED_KEY = 'edits.paused';

/** Why edits are not taken in. Only a pause is the person's own, made here. */
export type OffReason = 'untrusted' | 'setting' | 'paused';

export interface EditSwitchOptions {
  readonly settings: Pick<Settings, 'edits' | 'onDidChange'>;
  readonly isTrusted: () => boolean;
  readonly onDidGrantTrust: (listener: () => void) => IDisposable;
  /** Of the workspace. */
  readonly memory: Pick<Memento, 'get' | 'update'>;
  readonly tracker: Pick<EditTracker, 'start' | 'stop'>;
}

/** Whether edits are taken in: the workspace is trusted, the setting allows it, and the person has not paused it here. */
export class EditSwitch extends Disposable {
  readonly #options: EditSwitchOptions;
  readonly #onDidChange = this.register(new Emitter<undefined>());
  readonly onDidChange: Event<undefined> = this.#onDidChange.event;
  /** The tracker does not follow anything before it is told to. */
  #off: OffReason | undefined = 'paused';

  constructor(options: EditSwitchOptions) {
    super();
    this.#options = options;
    this.register(options.settings.onDidChange(() => this.#apply()));
    this.register(options.onDidGrantTrust(() => this.#apply()));
    this.#apply();
  }

  get on(): boolean {
    return this.#off === undefined;
  }

  /** Why edits are not taken in, if they are not. */
  get off(): OffReason | undefined {
    return this.#off;
  }

  /**
   * Pauses or resumes, and returns why edits are not taken in now, if they are not. Where they are not allowed, a pause
   * would change nothing that the person sees, and would be there unasked once they are: so nothing is remembered.
   */
  async toggle(): Promise<OffReason | undefined> {
    if (this.#forbidden() === undefined) {
      await this.#options.memory.update(PAUSED_KEY, !this.#paused());
      this.#apply();
    }
    return this.#off;
  }

  #paused(): boolean {
    return this.#options.memory.get(PAUSED_KEY, false);
  }

  #forbidden(): OffReason | undefined {
    if (!this.#options.isTrusted()) return 'untrusted';
    return this.#options.settings.edits().enabled ? undefined : 'setting';
  }

  #apply(): void {
    const before = this.#off;
    const off = this.#forbidden() ?? (this.#paused() ? 'paused' : undefined);
    if (off === before) return;
    this.#off = off;
    if (off === undefined) this.#options.tracker.start();
    else if (before === undefined) this.#options.tracker.stop();
    this.#onDidChange.fire(undefined);
  }
}
