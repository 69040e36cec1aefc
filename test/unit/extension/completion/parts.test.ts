import { describe, expect, test } from 'vitest';
import { unmatchedClosers } from '../../../../extension/completion/closers.js';
import {
  PREFIX_CHARACTERS,
  splitAtCursor,
  SUFFIX_CHARACTERS,
  type CursorContext,
} from '../../../../extension/completion/cursorContext.js';
import { invitesBlock } from '../../../../extension/completion/invitesBlock.js';
import { typedThrough, type Shown } from '../../../../extension/completion/shownSuggestion.js';

function at(text: string): CursorContext {
  const [before = '', after = ''] = text.split('▮');
  return splitAtCursor(before, after);
}

describe('splitAtCursor', () => {
  test('splits at the start of the line and at the cursor', () => {
    expect(at('a\r\nb\r\n  c▮d\r\ne')).toEqual({ prefix: 'a\nb\n', typed: '  c', suffix: 'd\ne' });
    expect(at('▮')).toEqual({ prefix: '', typed: '', suffix: '' });
  });

  test('keeps whole lines near the cursor of a large file', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n}\n`).join('');
    const { prefix, typed, suffix } = splitAtCursor(`${lines}now`, lines);
    expect(prefix.length).toBeLessThanOrEqual(PREFIX_CHARACTERS);
    expect(prefix).toMatch(/^line \d+\n[^]*line 4999\n$/);
    expect(typed).toBe('now');
    expect(suffix.length).toBeLessThanOrEqual(SUFFIX_CHARACTERS);
    expect(suffix).toMatch(/^line 0\n[^]*line \d+$/);
  });
});

describe('invitesBlock', () => {
  test.each([
    ['an opened body', 'function f() {▮', true],
    ['an opened body that the editor closed', 'function f() {▮}', true],
    ['a body that is written', 'function f() {▮\n  return 1;\n}', false],
    ['python', 'def f():▮', true],
    ['an arrow', 'const f = () =>▮', true],
    ['the first line of a body', 'function f() {\n  ▮\n}', true],
    ['after a comment', '// adds two numbers\n▮', true],
    ['after an empty line', 'a();\n\n▮', true],
    ['an empty line among statements', '  a();\n  ▮\n  b();', false],
    ['the middle of a statement', 'const a = ▮', false],
    ['before a tail', 'if (▮) {', false],
    ['before a word', 'function f() {▮ return 1; }', false],
  ])('%s', (_, text, invited) => {
    expect(invitesBlock(at(text))).toBe(invited);
  });
});

describe('unmatchedClosers', () => {
  test.each([
    ['a)', ')'],
    ['(a)', ''],
    ['a)}', ')}'],
    ['[a](b)}', '}'],
    ['")"', ''],
    ["')'", ''],
    ['`)`', ''],
    ['"\\")"', ''],
    ['// )\n}', '}'],
    ["don't)", ')'],
    ['(]', ']'],
  ])('%j: %j', (text, closers) => {
    expect(unmatchedClosers(text)).toBe(closers);
  });
});

describe('typedThrough', () => {
  const shown = (text: string, suggestion: string): Shown => ({
    document: 'a',
    context: at(text),
    texts: [suggestion],
    invoked: false,
  });

  test.each<[string, string, string, string, string | undefined]>([
    ['typed a part', 'const a = ▮', 'total();', 'const a = to▮', 'tal();'],
    ['nothing typed', 'const a = ▮', 'total();', 'const a = ▮', 'total();'],
    ['typed something else', 'const a = ▮', 'total();', 'const a = x▮', undefined],
    ['typed all of it', 'const a = ▮', 'b;', 'const a = b;▮', undefined],
    ['typed past it', 'const a = ▮', 'b;', 'const a = b; ▮', undefined],
    ['deleted', 'const a = ▮', 'b;', 'const a =▮', undefined],
    ['typed a line end with its indentation', 'f() {▮', '\n  a();\n}', 'f() {\n  ▮', 'a();\n}'],
    ['the editor closed a bracket', 'x = f▮', '(a, b);', 'x = f(▮)', 'a, b);'],
    ['the editor closed a quote', 'x = ▮', "'abc';", "x = '▮'", "abc';"],
    ['something changed behind', 'x = ▮ + b', 'a', 'x = ▮ + c', undefined],
    ['something changed before', 'y\nx = ▮', 'ab', 'z\nx = a▮', undefined],
  ])('%s', (_, before, suggestion, now, left) => {
    expect(typedThrough(shown(before, suggestion), 'a', at(now))).toEqual(left === undefined ? [] : [left]);
  });

  test('keeps those of several that go on as it was typed', () => {
    const several = { ...shown('a = ▮', ''), texts: ['one();', 'once;', 'two();'] };
    expect(typedThrough(several, 'a', at('a = on▮'))).toEqual(['e();', 'ce;']);
  });

  test('holds for its own document only', () => {
    expect(typedThrough(shown('a▮', 'bc'), 'b', at('ab▮'))).toEqual([]);
    expect(typedThrough(undefined, 'a', at('ab▮'))).toEqual([]);
  });

  test('holds while the window over a large file moves down', () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n}\n`).join('');
    const context = splitAtCursor(`${lines}f(`, lines);
    const before = { document: 'a', context, texts: [`${'x'.repeat(10)}\ny)`], invoked: false };
    expect(typedThrough(before, 'a', splitAtCursor(`${lines}f(${'x'.repeat(10)}\n`, lines))).toEqual(['y)']);
  });
});
