import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { GpuChoice } from '../../inference/llama/runtime.js';
import type { Device, ModelFiles } from './benchmark.js';

export interface Options {
  /** Empty: as many as fit in an hour. */
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly resume: boolean;
  readonly tokens?: number;
  readonly seed: number;
  readonly models: ModelFiles;
  readonly shape?: string;
  readonly device: Device;
  readonly folder: string;
  /** The command as a person would type it again, without the paths of this machine. */
  readonly command: string;
}

export const USAGE = `npm run bench -- [NAME...] [options]

  --quick          small enough to see that it works; results go to dist/bench unless --out says otherwise
  --resume         go on where a stopped run left off (perplexity, millions, latency, answers,
                   streameval, completion, reference)
  --tokens N       length of the stream, where there is one
  --seed N         for what is drawn at random (1)
  --sink FILE      the model with a trained sink token (models/endless-sink.gguf)
  --vanilla FILE   its twin without one (models/endless-vanilla.gguf)
  --out FOLDER     where the results go (bench/results; with --shape or a GPU dist/bench)
  --shape NAME     for latency: random weights of this shape alone: tiny, 0.5b or 7b (7 GB on the disk)
  --gpu NAME       for latency: auto, cuda, vulkan, metal or off (off)
  --threads N      for latency: threads of the processor, 0 for as many as help (1)

  npm run bench -- readme    writes bench/README.md anew from the results`;

/** @throws TypeError for what it does not know; its message says what. */
export function parseOptions(args: readonly string[], root: string): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      tokens: { type: 'string' },
      seed: { type: 'string', default: '1' },
      sink: { type: 'string' },
      vanilla: { type: 'string' },
      out: { type: 'string' },
      shape: { type: 'string' },
      gpu: { type: 'string', default: 'off' },
      threads: { type: 'string', default: '1' },
    },
  });
  const here = process.env['INIT_CWD'] ?? process.cwd();
  const file = (given: string | undefined, standard: string): string =>
    given === undefined ? resolve(root, standard) : resolve(here, given);
  const typed = [
    ...positionals,
    ...(values.quick ? ['--quick'] : []),
    ...(values.tokens === undefined ? [] : ['--tokens', values.tokens]),
    ...(values.seed === '1' ? [] : ['--seed', values.seed]),
    ...(values.shape === undefined ? [] : ['--shape', values.shape]),
    ...(values.gpu === 'off' ? [] : ['--gpu', values.gpu]),
    ...(values.threads === '1' ? [] : ['--threads', values.threads]),
  ];
  return {
    names: positionals,
    quick: values.quick,
    resume: values.resume,
    ...(values.tokens === undefined ? {} : { tokens: wholeNumber('--tokens', values.tokens) }),
    seed: wholeNumber('--seed', values.seed),
    models: {
      sink: file(values.sink ?? process.env['ENDLESS_SINK_MODEL'], 'models/endless-sink.gguf'),
      vanilla: file(values.vanilla ?? process.env['ENDLESS_VANILLA_MODEL'], 'models/endless-vanilla.gguf'),
    },
    ...(values.shape === undefined ? {} : { shape: values.shape }),
    device: { gpu: gpuNamed(values.gpu), threads: wholeNumber('--threads', values.threads) },
    // Only what everybody can measure again belongs beside the code.
    folder: file(
      values.out,
      values.quick || values.shape !== undefined || values.gpu !== 'off' ? 'dist/bench' : 'bench/results',
    ),
    command: ['npm run bench', ...(typed.length > 0 ? ['--', ...typed] : [])].join(' '),
  };
}

const GPUS: readonly GpuChoice[] = ['auto', 'cuda', 'vulkan', 'metal', 'off'];

function gpuNamed(name: string): GpuChoice {
  const gpu = GPUS.find((each) => each === name);
  if (gpu === undefined) throw new TypeError(`--gpu ${name} is none of ${GPUS.join(', ')}`);
  return gpu;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${option} ${text} is no whole number`);
  return value;
}
