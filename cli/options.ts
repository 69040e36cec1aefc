import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StartParams } from '../inference/protocol.js';
import type { PolicyName } from '../inference/views.js';

export interface Options {
  readonly help: boolean;
  /** Absolute. */
  readonly model: string;
  readonly builtIn: boolean;
  readonly policy: PolicyName;
  /** Absolute; undefined: the standard one, or a new one for a replay. */
  readonly session?: string;
  /** Absolute path of a transcript. */
  readonly replay?: string;
  readonly capacity: number;
  readonly sinks: number;
  readonly block: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly gpu: StartParams['gpu'];
  readonly threads: number;
}

const POLICIES: readonly PolicyName[] = ['sink', 'window', 'recompute', 'dense'];
const DEVICES: readonly StartParams['gpu'][] = ['auto', 'cuda', 'vulkan', 'metal', 'off'];

export const USAGE = `npm run chat -- [options]

  --model FILE        a GGUF file (the built-in model with a trained sink token)
  --policy NAME       sink, window, recompute or dense (sink)
  --session FOLDER    where the session lives; it goes on where it was left
  --replay FILE       reads what to say from a transcript, in a session of its own unless --session is given
  --capacity N        tokens of the window (0: what the model was trained with)
  --sinks N           sink tokens (-1: 1 with a trained sink token, else 4)
  --block N           least tokens that leave at once (64)
  --temperature T     0: always the likeliest token, which can be replayed (0)
  --max-tokens N      most tokens of a reply (512)
  --gpu NAME          auto, cuda, vulkan, metal or off (auto; off for a replay)
  --threads N         0: chosen from the machine (0; 1 for a replay)

Every session keeps what was typed in transcript.jsonl, for --replay. /help lists the commands.`;

/** @throws TypeError for what it does not know; its message says what. */
export function parseOptions(args: readonly string[], builtInModel: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      model: { type: 'string' },
      policy: { type: 'string', default: 'sink' },
      session: { type: 'string' },
      replay: { type: 'string' },
      capacity: { type: 'string', default: '0' },
      sinks: { type: 'string', default: '-1' },
      block: { type: 'string', default: '64' },
      temperature: { type: 'string', default: '0' },
      'max-tokens': { type: 'string', default: '512' },
      gpu: { type: 'string' },
      threads: { type: 'string' },
    },
  });
  // npm runs scripts in the clone; paths are meant from where the person is.
  const here = process.env['INIT_CWD'] ?? process.cwd();
  const replayed = values.replay !== undefined;
  return {
    help: values.help,
    model: values.model === undefined ? builtInModel : resolve(here, values.model),
    builtIn: values.model === undefined,
    policy: oneOf('--policy', values.policy, POLICIES),
    ...(values.session === undefined ? {} : { session: resolve(here, values.session) }),
    ...(values.replay === undefined ? {} : { replay: resolve(here, values.replay) }),
    capacity: wholeNumber('--capacity', values.capacity),
    sinks: wholeNumber('--sinks', values.sinks),
    block: wholeNumber('--block', values.block),
    temperature: decimal('--temperature', values.temperature),
    maxTokens: wholeNumber('--max-tokens', values['max-tokens']),
    // Devices and the number of threads change the last digits, and with them now and then a token.
    gpu: oneOf('--gpu', values.gpu ?? (replayed ? 'off' : 'auto'), DEVICES),
    threads: wholeNumber('--threads', values.threads ?? (replayed ? '1' : '0')),
  };
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === text);
  if (found === undefined) throw new TypeError(`${option} ${text} is none of ${allowed.join(', ')}`);
  return found;
}

function wholeNumber(option: string, text: string): number {
  const value = decimal(option, text);
  if (!Number.isInteger(value)) throw new TypeError(`${option} ${text} is no whole number`);
  return value;
}

function decimal(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new TypeError(`${option} ${text} is no number`);
  return value;
}
