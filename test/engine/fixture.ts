/** A real engine on the real built-in model, in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Engine, type EngineHooks } from '../../inference/engine.js';
import type { StartParams } from '../../inference/protocol.js';
import type { EventView } from '../../inference/views.js';

const models = resolve(import.meta.dirname, '../../models');
export const SINK_MODEL = process.env['ENDLESS_SINK_MODEL'] ?? join(models, 'endless-sink.gguf');
export const VANILLA_MODEL = process.env['ENDLESS_VANILLA_MODEL'] ?? join(models, 'endless-vanilla.gguf');

export type Overrides = Partial<Omit<StartParams, 'cache' | 'chat'>> & {
  readonly cache?: Partial<StartParams['cache']>;
  readonly chat?: Partial<StartParams['chat']>;
};

export interface Recorder extends EngineHooks {
  readonly events: EventView[];
  readonly deltas: string[];
  readonly notices: string[];
  readonly log: string[];
  readonly problems: unknown[];
  /** Called at every piece of a reply. */
  handleDelta: (text: string) => void;
  /** Called when a session that could only be read is free. */
  handleFree: () => void;
}

export function recorder(): Recorder {
  const recorded: Recorder = {
    events: [],
    deltas: [],
    notices: [],
    log: [],
    problems: [],
    handleDelta: () => undefined,
    handleFree: () => undefined,
    output: {
      handleEvent: (event) => recorded.events.push(event),
      handleReplyDelta: (_, text) => {
        recorded.deltas.push(text);
        recorded.handleDelta(text);
      },
      handleWindowChanged: () => undefined,
      handleProblem: (error) => recorded.problems.push(error),
    },
    handleProgress: () => undefined,
    handleSessionFree: () => recorded.handleFree(),
    handleNotice: (message) => recorded.notices.push(message),
    handleLog: (level, message) => recorded.log.push(`${level} ${message}`),
  };
  return recorded;
}

export function startParams(storagePath: string, overrides: Overrides = {}): StartParams {
  return {
    modelPath: SINK_MODEL,
    builtIn: true,
    storagePath,
    gpu: 'off',
    // Pinned, so that runs are alike on any machine.
    threads: 1,
    ...overrides,
    cache: { policy: 'sink', capacity: 0, sinks: -1, block: 64, pinnedBudget: 0.25, reserve: 0, ...overrides.cache },
    chat: { temperature: 0, maxTokens: 128, ...overrides.chat },
  };
}

/** A folder that is gone at the end of the scope. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'endless-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function withEngine<T>(
  overrides: Overrides,
  action: (engine: Engine, recorded: Recorder) => Promise<T>,
): Promise<T> {
  await using folder = await temporaryFolder();
  const recorded = recorder();
  await using engine = await Engine.start(startParams(folder.path, overrides), recorded);
  return await action(engine, recorded);
}
