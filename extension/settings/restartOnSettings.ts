import { isDeepStrictEqual } from 'node:util';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import { EngineError } from '../engine/engineError.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { Settings } from './settings.js';
import type { StartParams } from '../../inference/protocol.js';

/** A settings file that is written comes as several changes. Milliseconds. */
const SETTLE_MS = 200;

/** Restarts the engine when what it was started with is no longer what the settings say. */
export class RestartOnSettings extends Disposable {
  readonly #engine: Supervisor;
  readonly #settings: Settings;

  constructor(engine: Supervisor, settings: Settings) {
    super();
    this.#engine = engine;
    this.#settings = settings;
    const check = this.register(new Delayer(() => void this.#check()));
    this.register(settings.onDidChange(() => check.schedule(SETTLE_MS)));
  }

  async #check(): Promise<void> {
    const wanted = this.#wanted();
    const failed = this.#engine.state.phase === 'failed';
    if (failed || !isDeepStrictEqual(settingsOf(wanted), settingsOf(this.#engine.params))) await this.#engine.restart();
  }

  /** Undefined when a setting is wrong: the restart then says which. */
  #wanted(): StartParams | undefined {
    try {
      return this.#settings.startParams();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return undefined;
    }
  }
}

/** What is told of the workspace comes from no setting: it is told anew at the next start, and no answer is cut off for it. */
const settingsOf = (params: StartParams | undefined): object | undefined =>
  params === undefined ? undefined : { ...params, workspace: undefined };
