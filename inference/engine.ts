import * as l10n from '@vscode/l10n';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { messageOf } from './errors.js';
import { loadLocalModel, type LocalModel } from './llama/localModel.js';
import type { StartParams, StartResult } from './protocol.js';
import { resolveCache, resolveCapacity, type CacheOptions } from './session/cacheOptions.js';
import type { SessionOutput } from './session/core.js';
import { Session } from './session/session.js';
import { hashModel } from './models/modelHash.js';
import { CheckpointStore } from './store/checkpoints.js';
import { Journal } from './store/journal.js';
import { measureStorage } from './store/measureStorage.js';
import { waitForOwnership } from './store/ownership.js';
import type { ModelView, SessionFacts } from './views.js';

export interface EngineHooks {
  readonly output: SessionOutput;
  /** What is going on while the engine starts, in words. */
  readonly handleProgress: (detail: string) => void;
  readonly handleNotice: (message: string) => void;
  /** A session that could only be read has lost its owner: a new start would own it. */
  readonly handleSessionFree: () => void;
  readonly handleLog: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

interface FactSources {
  readonly params: StartParams;
  readonly model: LocalModel;
  readonly cache: CacheOptions;
}

/** Bytes of one saved window. */
const MOST_CHECKPOINT_BYTES = 4 * 2 ** 30;

/** Milliseconds that the engine of a window which reloads or closes may take to save and end. */
const OWNER_ENDING = 3000;

/** Tokens of one llama_decode while text is taken in: also how soon a completion can step in between. */
const BATCH = 256;

/** A model, a journal and the session on them. Knows no wire: a test or a terminal can hold one as well. */
export class Engine implements AsyncDisposable {
  readonly session: Session;
  readonly journal: Journal;
  readonly started: StartResult;
  readonly #facts: FactSources;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    session: Session,
    journal: Journal,
    started: StartResult,
    facts: FactSources,
    resources: AsyncDisposableStack,
  ) {
    this.session = session;
    this.journal = journal;
    this.started = started;
    this.#facts = facts;
    this.#resources = resources;
  }

  /** @throws EngineError for everything that can be wrong with the model, the machine, the settings or the disk. */
  static async start(params: StartParams, hooks: EngineHooks): Promise<Engine> {
    await using resources = new AsyncDisposableStack();
    const owner = await waitForOwnership(params.storagePath, OWNER_ENDING);
    if (owner !== undefined) resources.use(owner);
    const readOnly = owner === undefined;
    const journal = resources.use(new Journal(params.storagePath, { readOnly }));

    hooks.handleProgress(l10n.t('Loading {0}', basename(params.modelPath)));
    const model = resources.use(
      await loadLocalModel({
        path: params.modelPath,
        gpu: params.gpu,
        threads: params.threads,
        batchSize: params.batchSize ?? BATCH,
        ...(params.cache.keyType === undefined ? {} : { keyType: params.cache.keyType }),
        ...(params.flashAttention === undefined ? {} : { flashAttention: params.flashAttention }),
        ...(params.gpuLayers === undefined ? {} : { gpuLayers: params.gpuLayers }),
        ...(readOnly
          ? { untried: true }
          : {
              verdicts: { folder: join(params.storagePath, 'capabilities'), model: () => hashModel(params.modelPath) },
            }),
        capacity: (facts) => resolveCapacity(params.cache, facts),
        log: hooks.handleLog,
      }),
    );
    if (model.fallback !== undefined) hooks.handleNotice(model.fallback);
    const cache = resolveCache(params.cache, model.capacity, model.facts, model.capabilities);
    if (cache.policyReason !== undefined)
      hooks.handleNotice(l10n.t('{0} "Endless: Choose Model" offers another one.', cache.policyReason));
    const session = resources.use(
      new Session({
        model,
        journal,
        checkpoints: new CheckpointStore(params.storagePath, MOST_CHECKPOINT_BYTES),
        modelHash: await hashModel(params.modelPath),
        log: hooks.handleLog,
        cache,
        chat: params.chat,
        ...(params.workspace === undefined ? {} : { workspace: params.workspace }),
        output: hooks.output,
        now: Date.now,
        readOnly,
      }),
    );
    if (session.framing.reason !== undefined)
      hooks.handleLog('info', `The stream uses the ${session.framing.name} framing: ${session.framing.reason}`);
    hooks.handleProgress(l10n.t('Resuming the session'));
    const resumed = await session.open();
    const view = await describe(model, session, params.builtIn, cache);
    const shown: ModelView = readOnly ? { ...view, readOnly } : view;
    if (readOnly) watchOwner(params.storagePath, hooks, resources);
    return new Engine(session, journal, { model: shown, resumed }, { params, model, cache }, resources.move());
  }

  /** What the sink stats tell besides the window. */
  async facts(): Promise<SessionFacts> {
    const { params, model, cache } = this.#facts;
    const sink = this.session.inspect().window.spans.find((span) => span.kind === 'sink');
    return {
      block: cache.block,
      pinnedTokens: cache.pinnedTokens,
      positions: 'cache',
      keyType: params.cache.keyType ?? 'f16',
      sinkTokens: (sink?.tokens ?? []).map((token) => model.vocabulary.decodeExactly([token])),
      events: this.journal.count,
      storage: await measureStorage(params.storagePath),
      processMemory: process.memoryUsage.rss(),
      machineMemory: totalmem(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

/** Tells when the session has become free; whoever wants it starts anew and takes it. */
function watchOwner(storagePath: string, hooks: EngineHooks, resources: AsyncDisposableStack): void {
  const ending = new AbortController();
  resources.defer(() => ending.abort());
  void waitForOwnership(storagePath, Infinity, ending.signal).then(
    (owner) => {
      owner?.[Symbol.dispose]();
      if (owner !== undefined && !ending.signal.aborted) hooks.handleSessionFree();
    },
    (error: unknown) => hooks.handleLog('warn', `It cannot be seen whether the session is free: ${messageOf(error)}`),
  );
}

async function describe(
  model: LocalModel,
  session: Session,
  builtIn: boolean,
  cache: CacheOptions,
): Promise<ModelView> {
  const { facts } = model;
  return {
    name: facts.name,
    file: basename(facts.path),
    architecture: facts.architecture,
    parameters: facts.parameters,
    bytes: facts.bytes,
    trainedContext: facts.trainedContext,
    builtIn,
    sinkMode: cache.sinkMode,
    sinks: cache.sinks,
    ...(cache.policyReason === undefined ? {} : { policyReason: cache.policyReason }),
    fim: session.canComplete,
    device: await model.device(),
  };
}
