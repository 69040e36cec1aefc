import { workspace, type Memento } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import { Disposable } from '../base/lifecycle.js';
import type { Settings } from '../settings/settings.js';
import type { EditTracker } from './editTracker.js';

const PAUSED_KEY = 'edits.paused';

/** Whether edits are taken in: the workspace is trusted, the setting allows it, and the person has not paused it here. */
export class EditSwitch extends Disposable {
  readonly #settings: Settings;
  readonly #memory: Memento;
  readonly #tracker: EditTracker;
  readonly #onDidChange = this.register(new Emitter<boolean>());
  readonly onDidChange: Event<boolean> = this.#onDidChange.event;
  #on = false;

  constructor(settings: Settings, memory: Memento, tracker: EditTracker) {
    super();
    this.#settings = settings;
    this.#memory = memory;
    this.#tracker = tracker;
    this.register(settings.onDidChange(() => this.#apply()));
    this.register(workspace.onDidGrantWorkspaceTrust(() => this.#apply()));
    this.#apply();
  }

  get on(): boolean {
    return this.#on;
  }

  /** Pauses or resumes; returns whether edits are taken in now. */
  async toggle(): Promise<boolean> {
    await this.#memory.update(PAUSED_KEY, !this.#memory.get(PAUSED_KEY, false));
    this.#apply();
    return this.#on;
  }

  #apply(): void {
    const allowed = workspace.isTrusted && this.#settings.edits().enabled;
    const on = allowed && !this.#memory.get(PAUSED_KEY, false);
    if (on === this.#on) return;
    this.#on = on;
    if (on) this.#tracker.start();
    else this.#tracker.stop();
    this.#onDidChange.fire(on);
  }
}
