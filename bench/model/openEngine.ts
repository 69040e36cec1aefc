import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, type EngineHooks } from '../../inference/engine.js';
import type { StartParams } from '../../inference/protocol.js';

export interface EngineOptions {
  readonly model: string;
  readonly cache?: Partial<StartParams['cache']>;
  readonly maxTokens: number;
  readonly handleDelta?: (text: string) => void;
  /** Of a session that is to be opened again; else it gets one of its own, which goes with it. */
  readonly folder?: string;
}

/** A folder that is gone at the end of the scope. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'endless-bench-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A whole engine. */
export async function openEngine(options: EngineOptions): Promise<{ readonly engine: Engine } & AsyncDisposable> {
  await using resources = new AsyncDisposableStack();
  const storagePath = options.folder ?? resources.use(await temporaryFolder()).path;
  const params: StartParams = {
    modelPath: options.model,
    builtIn: true,
    storagePath,
    gpu: 'off',
    threads: 1,
    cache: { policy: 'sink', capacity: 0, sinks: -1, block: 64, pinnedBudget: 0.25, reserve: 0, ...options.cache },
    // Greedy, so that a run can be repeated.
    chat: { temperature: 0, maxTokens: options.maxTokens },
  };
  const hooks: EngineHooks = {
    output: {
      handleEvent: () => undefined,
      handleReplyDelta: (_, text) => options.handleDelta?.(text),
      handleWindowChanged: () => undefined,
      handleProblem: (error) => {
        throw error;
      },
    },
    handleProgress: () => undefined,
    handleSessionFree: () => undefined,
    handleNotice: () => undefined,
    handleLog: () => undefined,
  };
  const engine = await Engine.start(params, hooks);
  // One that nobody opens again ends its session only: the log of llama.cpp ends with the first runtime that goes (see
  // openModel).
  resources.use(options.folder === undefined ? engine.session : engine);
  const kept = resources.move();
  return { engine, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
