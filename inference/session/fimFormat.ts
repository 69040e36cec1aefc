import type { Vocabulary } from '../llama/vocabulary.js';

/** How a model wants fill-in-the-middle to be written. Control tokens by id. */
export interface FimFormat {
  readonly name: string;
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
  /** Opens a file and is followed by its path and a line end. */
  readonly file?: number;
  /** Any of these ends the completion, besides the model's own end-of-generation tokens. */
  readonly stops: readonly number[];
}

interface Candidate {
  readonly name: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly middle: string;
  readonly file?: string;
  readonly stops?: readonly string[];
}

/**
 * Tried in this order. llama.cpp detects only some of these, so each is resolved by tokenizing its own text: a model
 * has a format when all of its markers are single control tokens.
 */
const CANDIDATES: readonly Candidate[] = [
  {
    name: 'qwen',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    file: '<|file_sep|>',
    stops: ['<|fim_pad|>', '<|repo_name|>', '<|im_start|>'],
  },
  {
    name: 'endless',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    file: '<|file|>',
    stops: ['<|endoftext|>'],
  },
  {
    name: 'codegemma',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    file: '<|file_separator|>',
  },
  {
    name: 'granite4',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    stops: ['<|fim_pad|>'],
  },
  { name: 'starcoder', prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>', file: '<file_sep>' },
  { name: 'granite', prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' },
  { name: 'deepseek', prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' },
  { name: 'codellama', prefix: '▁<PRE>', suffix: '▁<SUF>', middle: '▁<MID>', stops: ['▁<EOT>'] },
  { name: 'seed', prefix: '<[fim-prefix]>', suffix: '<[fim-suffix]>', middle: '<[fim-middle]>' },
  { name: 'glm', prefix: '<|code_prefix|>', suffix: '<|code_suffix|>', middle: '<|code_middle|>' },
];

export function detectFim(vocabulary: Pick<Vocabulary, 'control'>): FimFormat | undefined {
  for (const candidate of CANDIDATES) {
    const prefix = vocabulary.control(candidate.prefix);
    const suffix = vocabulary.control(candidate.suffix);
    const middle = vocabulary.control(candidate.middle);
    if (prefix === undefined || suffix === undefined || middle === undefined) continue;
    const file = candidate.file === undefined ? undefined : vocabulary.control(candidate.file);
    if (candidate.file !== undefined && file === undefined) continue;
    const named = (candidate.stops ?? [])
      .map((text) => vocabulary.control(text))
      .filter((token) => token !== undefined);
    return {
      name: candidate.name,
      prefix,
      suffix,
      middle,
      ...(file === undefined ? {} : { file }),
      stops: [prefix, suffix, middle, ...(file === undefined ? [] : [file]), ...named],
    };
  }
  return undefined;
}
