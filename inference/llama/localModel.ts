import { InsufficientMemoryError, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import { messageOf, modelLoadFailed, modelTruncated, modelUnsupported, outOfMemory } from '../errors.js';
import type { DeviceView } from '../views.js';
import { capabilitiesOf, type Capabilities } from './capabilities.js';
import { readGgufFacts, type GgufFacts } from './ggufFacts.js';
import { KvSequence, type PositionMode } from './kvSequence.js';
import { startRuntime, type Runtime, type RuntimeOptions } from './runtime.js';
import { Vocabulary } from './vocabulary.js';

export interface LoadOptions extends Omit<RuntimeOptions, 'parameters'> {
  readonly path: string;
  /** Tokens that the cache must hold, from what the header says. */
  readonly capacity: (facts: GgufFacts) => number;
  /** Tokens of one llama_decode. */
  readonly batchSize: number;
  /** `cache` unless the difference is to be shown. */
  readonly positions?: PositionMode;
}

/** A loaded model with one sequence: everything that the session needs of llama.cpp. */
export interface LocalModel extends AsyncDisposable {
  readonly facts: GgufFacts;
  readonly capabilities: Capabilities;
  readonly vocabulary: Vocabulary;
  readonly sequence: KvSequence;
  readonly capacity: number;
  /** Why the device is not the one that was asked for. */
  readonly fallback?: string;
  device(): Promise<DeviceView>;
}

/** llama.cpp pads contexts to this many cells. */
const CELL_PADDING = 256;

/** @throws EngineError for whatever is wrong with the file, the machine or the memory. */
export async function loadLocalModel(options: LoadOptions): Promise<LocalModel> {
  const facts = await readGgufFacts(options.path);
  const capabilities = capabilitiesOf(facts);
  const capacity = options.capacity(facts);
  const log = new LoadLog(options.log);
  const runtime = await startRuntime({ ...options, parameters: facts.parameters, log: log.write });
  try {
    const model = await runtime.llama.loadModel({ modelPath: options.path }).catch((error: unknown) => {
      throw loadError(error, options.path, capacity, log);
    });
    const context = await openContext(model, runtime, options, capacity, capabilities).catch((error: unknown) => {
      throw loadError(error, options.path, capacity, log);
    });
    return {
      facts,
      capabilities,
      capacity,
      vocabulary: new Vocabulary(model),
      sequence: new KvSequence(context, options.positions),
      ...(runtime.fallback === undefined ? {} : { fallback: runtime.fallback }),
      device: () => runtime.device(),
      [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
    };
  } catch (error) {
    await runtime[Symbol.asyncDispose]();
    throw error;
  }
}

function openContext(
  model: LlamaModel,
  runtime: Runtime,
  options: LoadOptions,
  capacity: number,
  capabilities: Capabilities,
): Promise<LlamaContext> {
  return model.createContext({
    // One cell is never usable; the rest is padding that llama.cpp would add anyway.
    contextSize: Math.ceil((capacity + 1) / CELL_PADDING) * CELL_PADDING,
    sequences: 1,
    batchSize: Math.min(options.batchSize, capacity),
    threads: runtime.threads,
    swaFullCache: capabilities.fullSlidingCache,
    // Quantised or BF16 keys lose precision, or abort, when they are shifted: F16 unless asked otherwise.
    experimentalKvCacheKeyType: 'F16',
    experimentalKvCacheValueType: 'F16',
  });
}

/** llama.cpp says only "failed to load": the reason stands in its log. */
class LoadLog {
  readonly #forward: RuntimeOptions['log'];
  lastError = '';

  constructor(forward: RuntimeOptions['log']) {
    this.#forward = forward;
  }

  readonly write: RuntimeOptions['log'] = (level, message) => {
    if (level === 'error') this.lastError = message;
    this.#forward(level, message);
  };
}

function loadError(error: unknown, path: string, capacity: number, log: LoadLog): Error {
  const detail = `${messageOf(error)} ${log.lastError}`;
  if (error instanceof InsufficientMemoryError || /out of memory|failed to allocate|insufficient memory/i.test(detail))
    return outOfMemory(path, capacity);
  if (/not within the file bounds|corrupted or incomplete/i.test(detail)) return modelTruncated(path);
  if (/unknown (model )?architecture/i.test(detail)) return modelUnsupported(path, log.lastError.trim());
  return modelLoadFailed(path, log.lastError.trim() || messageOf(error));
}
