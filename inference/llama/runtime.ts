import * as l10n from '@vscode/l10n';
import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';
import { backendFailed, messageOf } from '../errors.js';
import type { DeviceView } from '../views.js';

export type GpuChoice = 'auto' | 'cuda' | 'vulkan' | 'metal' | 'off';

export interface RuntimeOptions {
  readonly gpu: GpuChoice;
  /** CPU threads; 0: chosen from the machine and the model. */
  readonly threads: number;
  /** Parameters of the model that will run. */
  readonly parameters: number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

export interface Runtime {
  readonly llama: Llama;
  readonly threads: number;
  /** Why the device is not the one that was asked for. */
  readonly fallback?: string;
  device(): Promise<DeviceView>;
}

/**
 * Starts llama.cpp on the device asked for, or on the CPU when that device does not work (the prebuilt binaries only:
 * nothing is compiled or downloaded).
 *
 * @throws EngineError `backendFailed` when not even the CPU binary loads.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const logger = (level: LlamaLogLevel, message: string): void => options.log(toLevel(level), message.trimEnd());
  const onCpu = (): Promise<Llama> =>
    load('off', logger).catch((cause: unknown) => {
      throw backendFailed(messageOf(cause));
    });
  let llama: Llama;
  let fallback: string | undefined;
  if (options.gpu === 'off') llama = await onCpu();
  else {
    const asked = NAMES[options.gpu];
    try {
      llama = await load(options.gpu, logger);
      // A driver without a device (Mesa's software one does not count) leaves the model on the CPU all the same, and
      // the CPU's own build is the faster one there.
      if (llama.gpu !== false && (await llama.getGpuDeviceNames()).length === 0) {
        if (options.gpu !== 'auto')
          fallback = l10n.t('{0} finds no device on this machine, so the model runs on the CPU', asked);
        llama = await onCpu();
      }
    } catch (error) {
      fallback = l10n.t(
        '{0} does not work on this machine, so the model runs on the CPU ({1})',
        asked,
        messageOf(error),
      );
      llama = await onCpu();
    }
  }
  llama.logger = logger;
  const threads = options.threads > 0 ? options.threads : usefulThreads(options.parameters, llama.cpuMathCores);
  return {
    llama,
    threads,
    ...(fallback === undefined ? {} : { fallback }),
    device: () => describeDevice(llama, threads),
  };
}

const NAMES = { auto: 'The GPU', cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' } as const;

/**
 * Loaded once in a process and never disposed of: a library that is loaded a second time says nothing in its log, where
 * the reason stands when a model does not load.
 */
const loaded = new Map<GpuChoice, Promise<Llama>>();

function load(gpu: GpuChoice, logger: Llama['logger']): Promise<Llama> {
  const before = loaded.get(gpu);
  if (before !== undefined) return before;
  const loading = getLlama({
    gpu: gpu === 'off' ? false : gpu,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.info,
    logger,
  });
  loaded.set(gpu, loading);
  // What failed may work at the next try: a driver can be installed in the meantime.
  loading.catch(() => loaded.delete(gpu));
  return loading;
}

/** With less work than this for each thread, waiting for one another costs more than it brings. */
const PARAMETERS_PER_THREAD = 50e6;

const usefulThreads = (parameters: number, cores: number): number =>
  Math.max(1, Math.min(cores, Math.ceil(parameters / PARAMETERS_PER_THREAD)));

async function describeDevice(llama: Llama, threads: number): Promise<DeviceView> {
  if (llama.gpu === false) return { backend: 'cpu', name: 'CPU', threads };
  const [names, vram] = await Promise.all([llama.getGpuDeviceNames(), llama.getVramState()]);
  return {
    backend: llama.gpu,
    name: names.join(', '),
    threads,
    ...(vram.used > 0 ? { vram: vram.used } : {}),
    memory: vram.total,
  };
}

function toLevel(level: LlamaLogLevel): 'debug' | 'info' | 'warn' | 'error' {
  switch (level) {
    case LlamaLogLevel.fatal:
    case LlamaLogLevel.error:
      return 'error';
    case LlamaLogLevel.warn:
      return 'warn';
    case LlamaLogLevel.disabled:
    case LlamaLogLevel.debug:
    case LlamaLogLevel.log:
      return 'debug';
    case LlamaLogLevel.info:
      return 'info';
  }
}
