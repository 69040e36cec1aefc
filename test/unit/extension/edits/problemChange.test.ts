import { describe, expect, test } from 'vitest';
import { renderProblemChange, type Problem } from '../../../../extension/edits/problemChange.js';

const at = (line: number, message: string): Problem => ({ line, message });
const told = (before: readonly Problem[], now: readonly Problem[]): string | undefined =>
  renderProblemChange('a.ts', before, now)?.text;

describe('renderProblemChange', () => {
  test('tells what appeared, with its line', () => {
    expect(told([], [at(3, "Cannot find name 'x'.")])).toBe("a.ts\n+error in line 3: Cannot find name 'x'.");
  });

  test('tells what vanished', () => {
    expect(told([at(3, 'gone'), at(4, 'stays')], [at(4, 'stays')])).toBe('a.ts\n-error: gone');
  });

  test('says nothing of what only moved', () => {
    expect(told([at(3, 'same')], [at(9, 'same')])).toBeUndefined();
    expect(told([], [])).toBeUndefined();
  });

  test('knows how often the same error is there', () => {
    expect(told([at(1, 'x')], [at(1, 'x'), at(2, 'x')])).toBe('a.ts\n+error in line 2: x');
  });

  test('takes a few lines at most, each short and single', () => {
    const many = Array.from({ length: 9 }, (_, line) => at(line, `number ${line}\n  ${'long '.repeat(100)}`));
    const lines = (told([], many) ?? '').split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe('… 6 more');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(150);
  });

  test('says nothing of a message with a secret, also where the message would be cut', () => {
    const random = 'aZ3kQ9xV7mB2nL8pR5tY1wD4';
    const quoted = `Type '{ clientSecret: "${random.repeat(8)}" }' is not assignable to type 'string'.`;
    expect(told([], [at(3, quoted)])).toBeUndefined();
    expect(told([at(3, quoted)], [])).toBeUndefined();
    expect(told([], [at(3, `${'far '.repeat(40)}clientSecret: "${random}"`)])).toBeUndefined();
  });
});
