import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionPrompt, type CompletionPrompt } from '../../../inference/session/completionPrompt.js';
import type { FimFormat } from '../../../inference/session/fimFormat.js';

/** One token a character, so that budgets can be counted by eye. */
const vocabulary = {
  encode: (text: string) => Array.from(text, (char) => char.codePointAt(0) ?? 0),
  decode: (tokens: readonly number[]) => String.fromCodePoint(...tokens),
};
const PREFIX = -1;
const SUFFIX = -2;
const MIDDLE = -3;
const FILE = -4;
const format: FimFormat = { name: 'test', prefix: PREFIX, suffix: SUFFIX, middle: MIDDLE, file: FILE, stops: [] };
const read = (tokens: readonly number[]): string =>
  tokens
    .map(
      (token) =>
        ({ [PREFIX]: '⟨P⟩', [SUFFIX]: '⟨S⟩', [MIDDLE]: '⟨M⟩', [FILE]: '⟨F⟩' })[token] ?? String.fromCodePoint(token),
    )
    .join('');

describe('completionPrompt', () => {
  test('puts what is typed after the middle token, so that a keystroke adds only its own tokens', () => {
    const at = (typed: string): CompletionPrompt =>
      completionPrompt({ path: 'a.ts', prefix: 'let a;\n', typed, suffix: '\nlet b;\n' }, format, vocabulary, 200);
    const { tokens, frozen, open } = at('  return');
    expect(read(tokens) + open).toBe('⟨F⟩a.ts\n⟨P⟩let a;\n⟨S⟩\nlet b;\n⟨M⟩  return');
    expect(at('  returns').tokens.slice(0, -1)).toEqual(tokens);
    expect(read(tokens.slice(frozen)) + open).toBe('  return');
    expect(at('  returns').frozen).toBe(frozen);
  });

  test('never exceeds its budget, whatever the file', () => {
    const line = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        line,
        fc.array(line, { maxLength: 20 }),
        fc.integer({ min: 1, max: 300 }),
        (before, typed, after, budget) => {
          const request = {
            path: 'src/a.ts',
            prefix: before.map((text) => `${text}\n`).join(''),
            typed,
            suffix: after.join('\n'),
          };
          expect(completionPrompt(request, format, vocabulary, budget).tokens.length).toBeLessThanOrEqual(budget);
        },
      ),
    );
  });

  test('the start of the prefix stays where it is while the person writes on', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${String(index).padStart(3, '0')}\n`);
    const start = (count: number): string =>
      /⟨P⟩(line \d+)/.exec(
        read(
          completionPrompt(
            { path: 'a', prefix: lines.slice(0, count).join(''), typed: '', suffix: '' },
            format,
            vocabulary,
            400,
          ).tokens,
        ),
      )?.[1] ?? '';
    const starts = new Set(Array.from({ length: 16 }, (_, index) => start(80 + index)));
    expect(starts.size).toBeLessThanOrEqual(2);
    expect([...starts].every((text) => Number(text.slice(5)) % 16 === 0)).toBe(true);
  });

  test('a small budget is filled by half at the least, wherever the cursor stands', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${String(index).padStart(3, '0')}\n`);
    for (let count = 20; count <= 100; count += 1) {
      const prefix = lines.slice(0, count).join('');
      const { tokens } = completionPrompt({ path: 'a', prefix, typed: '', suffix: '' }, format, vocabulary, 100);
      const shown = /⟨P⟩([^]*)⟨S⟩/.exec(read(tokens))?.[1] ?? '';
      expect(prefix.endsWith(shown)).toBe(true);
      expect(shown.length).toBeGreaterThanOrEqual(45);
    }
  });

  test('keeps the end of a single huge line', () => {
    const prompt = read(
      completionPrompt({ path: 'a', prefix: `${'x'.repeat(5000)}END\n`, typed: '', suffix: '' }, format, vocabulary, 60)
        .tokens,
    );
    expect(prompt).toMatch(/xEND\n⟨S⟩⟨M⟩$/);
  });
});
