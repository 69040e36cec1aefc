import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StartParams } from '../inference/protocol.js';
import type { PolicyName } from '../inference/views.js';

/** What the answers depend on. */
export interface Settings {
  /** Absolute. */
  readonly model: string;
  readonly builtIn: boolean;
  readonly policy: PolicyName;
  readonly capacity: number;
  readonly sinks: number;
  readonly block: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly gpu: StartParams['gpu'];
  readonly threads: number;
}

export interface Options extends Settings {
  readonly help: boolean;
  /** Names of the options that were given. */
  readonly chosen: ReadonlySet<string>;
  /** Absolute; undefined: the standard one, or a new one for a replay. */
  readonly session?: string;
  /** Absolute path of a transcript. */
  readonly replay?: string;
}

const POLICIES: readonly PolicyName[] = ['sink', 'window', 'recompute', 'dense'];
const DEVICES: readonly StartParams['gpu'][] = ['auto', 'cuda', 'vulkan', 'metal', 'off'];

const USUAL = {
  policy: 'sink',
  capacity: 0,
  sinks: -1,
  block: 64,
  temperature: 0,
  maxTokens: 512,
  gpu: 'auto',
  threads: 0,
} as const;

export const USAGE = `npm run chat -- [options]

  --model FILE        a GGUF file (the built-in model with a trained sink token)
  --policy NAME       sink, window, recompute or dense (sink)
  --session FOLDER    where the session lives; it goes on where it was left
  --replay FILE       reads what to say from a transcript, in a session of its own unless --session is given, with
                      the options that the transcript was made with unless others are given here
  --capacity N        tokens of the window (0: what the model was trained with)
  --sinks N           sink tokens (-1: 1 with a trained sink token, else 4)
  --block N           least tokens that leave at once (64)
  --temperature T     0: always the likeliest token, which can be replayed (0)
  --max-tokens N      most tokens of a reply (512)
  --gpu NAME          auto, cuda, vulkan, metal or off (auto)
  --threads N         0: chosen from the machine (0)

Every session keeps what was typed, and with which options, in transcript.jsonl, for --replay. /help lists the commands.`;

/** Where nothing is known about how a transcript was made: what gives the same last digits everywhere. */
const FOR_REPLAY = { gpu: 'off', threads: 1 } as const;

/**
 * @param recorded what counts where an option is not given: the settings of the transcript that is replayed.
 * @throws TypeError for what it does not know; its message says what.
 */
export function parseOptions(args: readonly string[], builtInModel: string, recorded?: Settings): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      model: { type: 'string' },
      policy: { type: 'string' },
      session: { type: 'string' },
      replay: { type: 'string' },
      capacity: { type: 'string' },
      sinks: { type: 'string' },
      block: { type: 'string' },
      temperature: { type: 'string' },
      'max-tokens': { type: 'string' },
      gpu: { type: 'string' },
      threads: { type: 'string' },
    },
  });
  // npm runs scripts in the clone; paths are meant from where the person is.
  const here = process.env['INIT_CWD'] ?? process.cwd();
  const usual: Settings = {
    ...USUAL,
    ...(values.replay === undefined ? {} : FOR_REPLAY),
    ...recorded,
    // The built-in one is that of this clone, wherever the other one lay.
    model: recorded?.builtIn === false ? recorded.model : builtInModel,
    builtIn: recorded?.builtIn !== false,
  };
  return {
    help: values.help === true,
    chosen: new Set(Object.keys(values)),
    ...(values.model === undefined
      ? { model: usual.model, builtIn: usual.builtIn }
      : { model: resolve(here, values.model), builtIn: false }),
    policy: oneOf('--policy', values.policy ?? usual.policy, POLICIES),
    ...(values.session === undefined ? {} : { session: resolve(here, values.session) }),
    ...(values.replay === undefined ? {} : { replay: resolve(here, values.replay) }),
    capacity: wholeNumber('--capacity', values.capacity, usual.capacity),
    sinks: wholeNumber('--sinks', values.sinks, usual.sinks),
    block: wholeNumber('--block', values.block, usual.block),
    temperature: decimal('--temperature', values.temperature, usual.temperature),
    maxTokens: wholeNumber('--max-tokens', values['max-tokens'], usual.maxTokens),
    // Devices and the number of threads change the last digits, and with them now and then a token.
    gpu: oneOf('--gpu', values.gpu ?? usual.gpu, DEVICES),
    threads: wholeNumber('--threads', values.threads, usual.threads),
  };
}

/** What of the options goes into a transcript. */
export function settingsOf(options: Options): Settings {
  const { model, builtIn, policy, capacity, sinks, block, temperature, maxTokens, gpu, threads } = options;
  return { model, builtIn, policy, capacity, sinks, block, temperature, maxTokens, gpu, threads };
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === text);
  if (found === undefined) throw new TypeError(`${option} ${text} is none of ${allowed.join(', ')}`);
  return found;
}

function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  const value = decimal(option, text, otherwise);
  if (!Number.isInteger(value)) throw new TypeError(`${option} ${value} is no whole number`);
  return value;
}

function decimal(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new TypeError(`${option} ${text} is no number`);
  return value;
}
