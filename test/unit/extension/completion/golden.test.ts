import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { splitAtCursor } from '../../../../extension/completion/cursorContext.js';
import { toRestOfSuggestion, toSuggestion } from '../../../../extension/completion/pipeline.js';

interface Case {
  readonly section: string;
  readonly name: string;
  readonly text: string;
  readonly model: string;
  readonly shown: string | undefined;
}

const plain = (field: string): string => field.replaceAll('⏎', '\n').replaceAll('␍', '\r').replaceAll('⇥', '\t');

function readCases(): readonly Case[] {
  const table = readFileSync(resolve(import.meta.dirname, 'golden.txt'), 'utf8');
  return table
    .split(/^# /m)
    .slice(1)
    .flatMap((part) => {
      const section = part.split('\n', 1)[0] ?? '';
      const pattern = /^ {2}(\S.*)\n {4}text {2}\|(.*)\|\n {4}model \|(.*)\|\n {4}shown (?:\|(.*)\||nothing)$/gm;
      return [...part.matchAll(pattern)].map(([, name = '', text = '', model = '', shown]) => ({
        section,
        name,
        text: plain(text),
        model: plain(model),
        shown: shown === undefined ? undefined : plain(shown),
      }));
    });
}

/** The text as it would be after accepting, or undefined when nothing is offered. */
function accepted(text: string, raw: string): string | undefined {
  const [before = '', after = ''] = text.split('▮');
  const suggestion = toSuggestion(raw, splitAtCursor(before, after));
  return suggestion && `${before}${suggestion.text}${after.slice(suggestion.replaces)}`;
}

describe('what is shown of what the model wrote', () => {
  const cases = readCases();

  test('the table is read as a whole', () => {
    expect(cases.length).toBeGreaterThanOrEqual(120);
    expect(new Set(cases.map(({ section, name }) => `${section}: ${name}`)).size).toBe(cases.length);
  });

  test.each(cases)('$section: $name', ({ text, model, shown }) => {
    expect(accepted(text, model)).toBe(shown);
  });
});

describe('what is left of a suggestion after a part of it was typed', () => {
  const [before, after] = ['class A:\n    def f(self):\n', '\n'];
  const whole = '        a = 1\n        return a';

  test.each(['', '    ', '      ', '        ', '        a ='])('%j: the rest completes it', (typed) => {
    const rest = toRestOfSuggestion(whole.slice(typed.length), splitAtCursor(before + typed, after));
    expect(typed + (rest?.text ?? '')).toBe(whole);
  });
});
