import { fileURLToPath } from 'node:url';
import type { StartParams } from '../../../../inference/protocol.js';
import type { EngineState } from '../../../../inference/views.js';
import { nullLog, type Log } from '../../../../extension/base/log.js';
import { EngineProcess, type EngineExit } from '../../../../extension/engine/engineProcess.js';
import type { EngineTexts } from '../../../../extension/engine/engineTexts.js';
import { Supervisor } from '../../../../extension/engine/supervisor.js';

const texts: EngineTexts = {
  starting: () => 'starting',
  restarting: () => 'restarting',
  crashed: (exit) => ({ code: 'engineCrashed', message: `crashed ${how(exit)}`, remedies: ['showLog'] }),
  gaveUp: (exit, times) => ({ code: 'engineGaveUp', message: `gave up ${how(exit)} ${times}`, remedies: ['retry'] }),
  notRunning: () => ({ code: 'engineCrashed', message: 'not running', remedies: ['retry'] }),
  internal: (reason) => ({ code: 'internal', message: `internal ${reason}`, remedies: ['retry'] }),
};

function how({ code, signal, error }: EngineExit): string {
  return error ?? signal ?? String(code);
}

/** A supervisor over the fake engine; `scenario` may be changed between starts. */
export class FakeEngine {
  scenario = 'good';
  starts = 0;
  readonly states: EngineState[] = [];
  readonly supervisor: Supervisor;
  readonly #log: Log;

  constructor(log: Log = nullLog) {
    this.#log = log;
    this.supervisor = new Supervisor({
      spawn: () => {
        this.starts++;
        return new EngineProcess({
          modulePath: fileURLToPath(new URL('fakeEngine.mjs', import.meta.url)),
          log: this.#log,
        });
      },
      readParams: () => ({ modelPath: this.scenario }) as StartParams,
      texts,
      log: this.#log,
      restartDelays: [1, 1, 1, 1, 1],
    });
    this.supervisor.onDidChangeState((state) => this.states.push(state));
  }

  /** Resolves with the next state of this phase. */
  reaches(phase: EngineState['phase']): Promise<EngineState> {
    return new Promise((resolve) => {
      const listener = this.supervisor.onDidChangeState((state) => {
        if (state.phase !== phase) return;
        listener.dispose();
        resolve(state);
      });
    });
  }
}
