import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  createMessageConnection,
  Emitter,
  IPCMessageReader,
  IPCMessageWriter,
  type Event,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { shutdown } from '../../inference/protocol.js';
import { settledWithin } from '../base/async.js';
import type { IDisposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';

/** How the process ended. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not even be started. */
  readonly error?: string;
}

export interface EngineProcessOptions {
  /** The engine's bundle. */
  readonly modulePath: string;
  /** The texts of the editor's language; absent where it is English. */
  readonly textsPath?: string | undefined;
  readonly log: Log;
}

/**
 * One engine process and the connection to it. JSON-RPC runs over the IPC channel; what llama.cpp prints goes to the
 * log. Lives until the process ends or `dispose` kills it, and is never used again after that.
 */
export class EngineProcess implements IDisposable {
  readonly connection: MessageConnection;
  readonly #child: ChildProcess;
  readonly #onDidExit = new Emitter<EngineExit>();
  readonly onDidExit: Event<EngineExit> = this.#onDidExit.event;
  #ended = false;

  constructor({ modulePath, textsPath, log }: EngineProcessOptions) {
    this.#child = fork(modulePath, [], {
      execPath: process.execPath,
      execArgv: [],
      env: engineEnvironment(process.env, textsPath),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    if (this.#child.stdout) createInterface(this.#child.stdout).on('line', (line) => log.info(`engine: ${line}`));
    if (this.#child.stderr) createInterface(this.#child.stderr).on('line', (line) => log.warn(`engine: ${line}`));
    this.connection = createMessageConnection(new IPCMessageReader(this.#child), new IPCMessageWriter(this.#child));
    this.connection.onError(([error]) => log.warn(`engine connection: ${error.message}`));
    this.#child.on('exit', (code, signal) => this.#handleEnd({ code, signal }));
    this.#child.on('error', (error) => {
      // A process that never started has no `exit`; one that runs reports its end there.
      if (this.#child.pid === undefined) this.#handleEnd({ code: null, signal: null, error: error.message });
    });
    this.connection.listen();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks the engine to save and end, and kills it when it takes longer than the limit. */
  async shutdown(limitMs: number): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    const saved = this.connection.sendRequest(shutdown);
    if (await settledWithin(Promise.race([saved, ended]), limitMs)) await settledWithin(ended, SAVED_EXIT_LIMIT_MS);
    this.dispose();
  }

  /** Kills the process at once. Pending requests are rejected. */
  dispose(): void {
    this.#child.kill('SIGKILL');
    this.connection.dispose();
  }

  #handleEnd(exit: EngineExit): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onDidExit.fire(exit);
    this.connection.dispose();
    this.#onDidExit.dispose();
  }
}

/** Time for the process to end by itself once everything is saved. */
const SAVED_EXIT_LIMIT_MS = 500;

/** The desktop's `process.execPath` is Electron, which is Node only with this variable. A debugger's options stay out. */
function engineEnvironment(environment: NodeJS.ProcessEnv, textsPath: string | undefined): NodeJS.ProcessEnv {
  return {
    ...environment,
    NODE_OPTIONS: undefined,
    ELECTRON_RUN_AS_NODE: '1',
    EXTENSION_BUNDLE_PATH: textsPath,
  };
}
