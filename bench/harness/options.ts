import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelFiles } from './benchmark.js';

export interface Options {
  /** Empty: all. */
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly resume: boolean;
  readonly tokens?: number;
  readonly seed: number;
  readonly models: ModelFiles;
  readonly folder: string;
  /** The command as a person would type it again, without the paths of this machine. */
  readonly command: string;
}

export const USAGE = `npm run bench -- [NAME...] [options]

  --quick          small enough to see that it works; results go to dist/bench unless --out says otherwise
  --resume         go on where a stopped run left off
  --tokens N       length of the stream, where there is one
  --seed N         for what is drawn at random (1)
  --sink FILE      the model with a trained sink token (models/endless-sink.gguf)
  --vanilla FILE   its twin without one (models/endless-vanilla.gguf)
  --out FOLDER     where the results go (bench/results)

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
    folder: file(values.out, values.quick ? 'dist/bench' : 'bench/results'),
    command: ['npm run bench', ...(typed.length > 0 ? ['--', ...typed] : [])].join(' '),
  };
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${option} ${text} is no whole number`);
  return value;
}
