import { getModuleVersion, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import { modelUnsupported } from '../errors.js';
import type { DeviceView } from '../views.js';
import { NOT_FOR_CHAT } from './architectures.js';
import { capabilitiesOf, type Capabilities } from './capabilities.js';
import { resolveFlashAttention, type FlashAttentionWish } from './flashAttention.js';
import { readGgufFacts, type GgufFacts } from './ggufFacts.js';
import { resolveKeyType, type KeyType } from './keyType.js';
import { KvSequence, type PositionMode } from './kvSequence.js';
import { loadError, LoadLog } from './loadError.js';
import { guardLoading } from './loadGuard.js';
import { startRuntime, type Runtime, type RuntimeOptions } from './runtime.js';
import { settleCapabilities } from './settleCapabilities.js';
import { Vocabulary } from './vocabulary.js';

export interface LoadOptions extends Omit<RuntimeOptions, 'parameters'> {
  readonly path: string;
  /** Tokens that the cache must hold, from what the header says. */
  readonly capacity: (facts: GgufFacts) => number;
  /** Tokens of one llama_decode. */
  readonly batchSize: number;
  /** Type of the K cache as the setting names it: `f16` unless asked otherwise. */
  readonly keyType?: string;
  readonly flashAttention?: FlashAttentionWish;
  /** Most layers on the GPU; absent: as many as its memory holds. */
  readonly gpuLayers?: number;
  /** `cache` unless the difference is to be shown. */
  readonly positions?: PositionMode;
  /** Where it is remembered what the model's cache allows; absent: tried out at every load. */
  readonly verdicts?: { readonly folder: string; readonly model: () => Promise<string> };
  /**
   * What the header allows is enough, since nothing will be taken in: nothing is tried out, and no note is written. Another
   * engine may own the notes, and what it is at would look like the death of one.
   */
  readonly untried?: boolean;
  /** For tests: try out a shift that the header forbids. It ends the process. */
  readonly ignoreGate?: boolean;
}

/** A loaded model with one sequence: everything that the session needs of llama.cpp. */
export interface LocalModel extends AsyncDisposable {
  readonly facts: GgufFacts;
  readonly capabilities: Capabilities;
  readonly vocabulary: Vocabulary;
  readonly sequence: KvSequence;
  readonly capacity: number;
  /** What a saved state depends on besides the model: it can be read only where this is the same. */
  readonly stateFormat: string;
  /** Why the device is not the one that was asked for. */
  readonly fallback?: string;
  device(): Promise<DeviceView>;
}

/** llama.cpp pads contexts to this many cells. */
const CELL_PADDING = 256;

/** Every vocabulary has it. */
const FIRST_TOKEN = 0;

/** @throws EngineError for whatever is wrong with the file, the settings, the machine or the memory. */
export async function loadLocalModel(options: LoadOptions): Promise<LocalModel> {
  const facts = await readGgufFacts(options.path);
  const unsuitable = NOT_FOR_CHAT.get(facts.architecture);
  if (unsuitable !== undefined) throw modelUnsupported(options.path, unsuitable());
  const capacity = options.capacity(facts);
  const keyType = resolveKeyType(options.keyType ?? 'f16', facts);
  const log = new LoadLog(options.log);
  const runtime = await startRuntime({ ...options, parameters: facts.parameters, log: log.write });
  const { model, context, sequence } = await guardLoading(options.verdicts?.folder, options.path, () =>
    open(options, runtime, facts, capacity, keyType).catch(async (error: unknown) => {
      await log.settle();
      throw loadError(error, options.path, capacity, log);
    }),
  );
  await using resources = new AsyncDisposableStack();
  // Its contexts go with it.
  resources.defer(() => model.dispose());
  const stateFormat = `node-llama-cpp ${await getModuleVersion()}, K ${String(context.kvCacheKeyType)}, V ${String(context.kvCacheValueType)}, flash attention ${String(context.flashAttention)}`;
  const vocabulary = new Vocabulary(model);
  const capabilities = await settle(options, {
    facts,
    runtime,
    vocabulary,
    sequence,
    stateFormat,
    coarseKeys: keyType === 'Q8_0',
  });
  const owned = resources.move();
  return {
    facts,
    capabilities,
    capacity,
    vocabulary,
    sequence,
    stateFormat,
    ...(runtime.fallback === undefined ? {} : { fallback: runtime.fallback }),
    device: () => runtime.device(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function open(
  options: LoadOptions,
  runtime: Runtime,
  { keyLength }: GgufFacts,
  capacity: number,
  keyType: KeyType,
): Promise<{ readonly model: LlamaModel; readonly context: LlamaContext; readonly sequence: KvSequence }> {
  const { gpuLayers, flashAttention = 'auto' } = options;
  const model = await runtime.llama.loadModel({
    modelPath: options.path,
    ...(gpuLayers === undefined ? {} : { gpuLayers: { min: 0, max: gpuLayers } }),
  });
  // Layers that are kept off the GPU compute their attention there too.
  const onProcessor = runtime.llama.gpu === false || gpuLayers === 0;
  try {
    const context = await model.createContext({
      // One cell is never usable; the rest is padding that llama.cpp would add anyway.
      contextSize: Math.ceil((capacity + 1) / CELL_PADDING) * CELL_PADDING,
      sequences: 1,
      batchSize: Math.min(options.batchSize, capacity),
      threads: runtime.threads,
      flashAttention: resolveFlashAttention(flashAttention, { keyLength, onProcessor }),
      // A cache that holds only the sliding window can neither shift nor roll back
      // (llama_kv_cache_iswa::get_can_shift). Models without a sliding window do not look at this.
      swaFullCache: true,
      experimentalKvCacheKeyType: keyType,
      // Values are never touched by a shift.
      experimentalKvCacheValueType: 'F16',
    });
    const sequence = new KvSequence(context, options.positions);
    // llama.cpp asserts much of what a header says only when something is evaluated.
    await sequence.append([FIRST_TOKEN]);
    await sequence.clear();
    sequence.resetCounters();
    return { model, context, sequence };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

interface Opened {
  readonly facts: GgufFacts;
  readonly runtime: Runtime;
  readonly vocabulary: Vocabulary;
  readonly sequence: KvSequence;
  readonly stateFormat: string;
  readonly coarseKeys: boolean;
}

async function settle(options: LoadOptions, opened: Opened): Promise<Capabilities> {
  const { facts, runtime, vocabulary, sequence, stateFormat, coarseKeys } = opened;
  const gate = capabilitiesOf(facts);
  // With positions that are never shifted there is nothing to try out.
  if (options.positions === 'original' || options.untried === true) return gate;
  const { verdicts, ignoreGate } = options;
  const { backend, name } = await runtime.device();
  const settled = await settleCapabilities({
    gate,
    sequence,
    vocabulary,
    coarseKeys,
    ...(ignoreGate === undefined ? {} : { ignoreGate }),
    ...(verdicts === undefined
      ? {}
      : {
          place: {
            folder: verdicts.folder,
            depends: [await verdicts.model(), stateFormat, runtime.llama.llamaCppRelease.release, backend, name],
          },
        }),
    log: options.log,
  });
  sequence.resetCounters();
  return settled;
}
