/** A byte-level vocabulary of its own: 256 bytes, a few merges, and the control tokens of Qwen. */
import { i32s, strings, string, u32, type MetadataValue, bool } from './writer.js';

const MERGES = ['Ġ t', 'h e', 'i n', 'Ġ a', 'Ċ Ċ'];
export const CONTROLS = [
  '<|endoftext|>',
  '<|im_start|>',
  '<|im_end|>',
  '<|fim_prefix|>',
  '<|fim_suffix|>',
  '<|fim_middle|>',
  '<|fim_pad|>',
  '<|file_sep|>',
  '<|repo_name|>',
] as const;

/** GPT-2's way of writing bytes as visible characters. */
function byteCharacters(): string[] {
  const visible = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(visible(byte) ? byte : next++));
}

const TOKENS = [...byteCharacters(), ...MERGES.map((merge) => merge.replace(' ', '')), ...CONTROLS];
export const VOCABULARY_SIZE = TOKENS.length;

/** gguf-py, constants.py, TokenType. */
const NORMAL = 1;
const CONTROL = 3;

export function byteVocabulary(): [string, MetadataValue][] {
  const id = (token: string): number => TOKENS.indexOf(token);
  return [
    ['tokenizer.ggml.model', string('gpt2')],
    ['tokenizer.ggml.pre', string('gpt-2')],
    ['tokenizer.ggml.tokens', strings(TOKENS)],
    [
      'tokenizer.ggml.token_type',
      i32s(TOKENS.map((token) => ((CONTROLS as readonly string[]).includes(token) ? CONTROL : NORMAL))),
    ],
    ['tokenizer.ggml.merges', strings(MERGES)],
    ['tokenizer.ggml.bos_token_id', u32(id('<|endoftext|>'))],
    ['tokenizer.ggml.eos_token_id', u32(id('<|im_end|>'))],
    ['tokenizer.ggml.add_bos_token', bool(false)],
  ];
}
