import type { StartParams } from '../../inference/protocol.js';
import type { PolicyName } from '../../inference/views.js';
import { resolvePath, type Surroundings } from './modelPath.js';
import { readNumber, readOneOf, readText, SettingComplaint, type ReadSetting } from './readSetting.js';
import * as path from 'node:path';

export interface StartSurroundings extends Surroundings {
  /** Folder of the built-in models. */
  readonly modelsPath: string;
  readonly storagePath: string;
}

const POLICIES: readonly PolicyName[] = ['sink', 'window', 'recompute', 'dense'];
const FLASH_ATTENTION: readonly NonNullable<StartParams['flashAttention']>[] = ['auto', 'on', 'off'];
const GPUS: readonly StartParams['gpu'][] = ['auto', 'cuda', 'vulkan', 'metal', 'off'];

/** File names of the built-in models. */
const BUILT_IN = { sink: 'endless-sink.gguf', vanilla: 'endless-vanilla.gguf' } as const;

/** Smallest capacity that leaves room for a talk beside the system prompt. */
const MIN_CAPACITY = 128;

/** Each shift rounds every key again: in smaller steps that adds up. */
const MIN_BLOCK = 64;

/** Builds the engine's parameters; throws a SettingComplaint at the first setting that is wrong. */
export function startParams(read: ReadSetting, surroundings: StartSurroundings): StartParams {
  const capacity = readCapacity(read);
  return {
    ...readModel(read, surroundings),
    storagePath: surroundings.storagePath,
    cache: {
      policy: readOneOf(read, 'cache.policy', POLICIES),
      capacity,
      sinks: readNumber(read, 'cache.sinks', -1, 64),
      block: readNumber(read, 'cache.block', MIN_BLOCK, capacity === 0 ? 4096 : Math.floor(capacity / 2)),
      pinnedBudget: readNumber(read, 'cache.pinnedBudget', 0, 0.75, false),
      reserve: 0,
      keyType: readText(read, 'cache.keyType'),
    },
    gpu: readOneOf(read, 'gpu', GPUS),
    threads: readNumber(read, 'threads', 0, 256),
    ...readGpuLayers(read),
    flashAttention: readOneOf(read, 'flashAttention', FLASH_ATTENTION),
    batchSize: readNumber(read, 'batchSize', 16, 4096),
    chat: {
      temperature: readNumber(read, 'chat.temperature', 0, 2, false),
      maxTokens: readNumber(read, 'chat.maxTokens', 1, 1_048_576),
    },
  };
}

function readModel(read: ReadSetting, surroundings: StartSurroundings): Pick<StartParams, 'modelPath' | 'builtIn'> {
  const written = read('model.path');
  if (typeof written !== 'string') throw new SettingComplaint('endless.model.path', { kind: 'text' });
  if (written.trim() === '') {
    const which = readOneOf(read, 'model.builtIn', ['sink', 'vanilla'] as const);
    return { modelPath: path.join(surroundings.modelsPath, BUILT_IN[which]), builtIn: true };
  }
  const modelPath = resolvePath(written, surroundings);
  if (modelPath === undefined) throw new SettingComplaint('endless.model.path', { kind: 'absolutePath' });
  return { modelPath, builtIn: false };
}

/** -1 leaves the choice to the engine. */
function readGpuLayers(read: ReadSetting): Pick<StartParams, 'gpuLayers'> {
  const layers = readNumber(read, 'gpuLayers', -1, 1024);
  return layers < 0 ? {} : { gpuLayers: layers };
}

function readCapacity(read: ReadSetting): number {
  const capacity = readNumber(read, 'cache.capacity', 0, 1_048_576);
  if (capacity !== 0 && capacity < MIN_CAPACITY)
    throw new SettingComplaint('endless.cache.capacity', { kind: 'zeroOrAtLeast', min: MIN_CAPACITY });
  return capacity;
}
