import { describe, expect, test } from 'vitest';
import { placeCode } from '../../../../extension/proposal/placeCode.js';

const TEXT = ['class Cart {', '  add() {', '    push();', '  }', '', '  total() {', '    return 0;', '  }', '}'];
const at = (line: number) => ({ start: line, end: line, empty: true });

function applied(text: readonly string[], code: string, pointed: Parameters<typeof placeCode>[2]): string[] {
  const { start, end, lines } = placeCode(text, code, pointed);
  return [...text.slice(0, start), ...lines, ...text.slice(end)];
}

describe('placeCode', () => {
  test('replaces the function of the same first line, at its depth', () => {
    expect(applied(TEXT, 'total() {\n  return sum();\n}\n', at(0))).toEqual([
      ...TEXT.slice(0, 5),
      '  total() {',
      '    return sum();',
      '  }',
      '}',
    ]);
  });

  test('takes the place nearest to the cursor', () => {
    const text = ['run() {', '  one();', '}', 'run() {', '  two();', '}'];
    expect(applied(text, 'run() {\n  new();\n}', at(4))).toEqual([...text.slice(0, 3), 'run() {', '  new();', '}']);
    expect(applied(text, 'run() {\n  new();\n}', at(1))).toEqual(['run() {', '  new();', '}', ...text.slice(3)]);
  });

  test('replaces what is selected, whatever it is', () => {
    expect(applied(TEXT, 'pop();', { start: 2, end: 3, empty: false })[2]).toBe('    pop();');
  });

  test('puts unknown code in at the cursor, at the depth of the line', () => {
    expect(applied(TEXT, 'clear() {\n  a();\n}', at(5)).slice(4, 10)).toEqual([
      '',
      '  clear() {',
      '    a();',
      '  }',
      '  total() {',
      '    return 0;',
    ]);
  });

  test('a first line without its last one is no place', () => {
    expect(placeCode(TEXT, 'add() {\n  x();', at(8))).toMatchObject({ start: 8, end: 8 });
  });

  test('works in an empty file', () => {
    expect(applied([''], 'a();\n\nb();', at(0))).toEqual(['a();', '', 'b();', '']);
  });
});
