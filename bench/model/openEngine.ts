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
}

/** A whole engine with a session of its own, whose folder goes with it. */
export async function openEngine(options: EngineOptions): Promise<{ readonly engine: Engine } & AsyncDisposable> {
  const storagePath = await mkdtemp(join(tmpdir(), 'endless-bench-'));
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
    handleNotice: () => undefined,
    handleLog: () => undefined,
  };
  const engine = await Engine.start(params, hooks);
  return {
    engine,
    [Symbol.asyncDispose]: async () => {
      // Only the session: the log of llama.cpp ends with the first runtime that goes (see openModel).
      await engine.session[Symbol.asyncDispose]();
      await rm(storagePath, { recursive: true, force: true });
    },
  };
}
