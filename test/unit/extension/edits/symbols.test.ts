import { describe, expect, test } from 'vitest';
import { declarationOn, findSymbolsByIndentation } from '../../../../extension/edits/symbols.js';

/** The chain at the line that holds `▮`. */
function chainAt(text: string): string {
  const lines = text.split('\n');
  const line = lines.findIndex((candidate) => candidate.includes('▮'));
  const clean = lines.map((candidate) => candidate.replace('▮', ''));
  return findSymbolsByIndentation(clean, line)
    .map(({ kind, name }) => `${kind} ${name}`)
    .join(' › ');
}

describe('findSymbolsByIndentation', () => {
  test.each([
    ['top level', 'const a = 1;▮', ''],
    ['a class member', 'class Cart {\n  items = [];▮\n}', 'class Cart'],
    ['a method', 'export class Cart {\n  total(): number {\n    return 1;▮\n  }\n}', 'class Cart › method total'],
    ['the line of the declaration', 'class Cart {\n  total(): number {▮', 'class Cart › method total'],
    ['after a method', 'class Cart {\n  a() {\n    x();\n  }\n  b = 1;▮\n}', 'class Cart'],
    ['the closing line', 'class Cart {\n  a() {\n    x();\n  }▮\n}', 'class Cart › method a'],
    ['blocks in between', 'function f() {\n  if (x) {\n    for (;;) {\n      y();▮', 'function f'],
    ['an else branch', 'function f() {\n  if (x) {\n    y();\n  } else {\n    z();▮', 'function f'],
    ['parameters over several lines', 'function f(\n  a: number,\n): void {\n  a;▮', 'function f'],
    ['after a finished function', 'function f() {\n}\n  stray▮', ''],
    [
      'an arrow function',
      'export const load = async (url: string): Promise<string> => {\n  fetch(url);▮',
      'function load',
    ],
    ['an empty line in a body', 'function f() {\n  a();\n▮\n  b();\n}', 'function f'],
    ['python', 'class Cart:\n    def total(self):\n        return 1▮', 'class Cart › method total'],
    ['python at top level', 'def main():\n    run()▮', 'function main'],
    ['after a python function', 'def main():\n    run()\n\nmain()▮', ''],
    ['go', 'func (c *Cart) Total() int {\n\treturn 1▮', 'method Total'],
    ['go functions', 'func main() {\n\trun()▮', 'function main'],
    ['rust', 'impl Cart {\n    pub fn total(&self) -> u32 {\n        1▮', 'impl Cart › method total'],
    ['rust traits', 'impl Display for Cart {\n    fn fmt(&self) {\n        x▮', 'impl Cart › method fmt'],
    [
      'java',
      'public class Cart {\n    private static int total(List<Item> items) throws IOException {\n        return 1;▮',
      'class Cart › method total',
    ],
    ['c', 'static int total(const cart *c) {\n    return 1;▮', 'function total'],
    ['c++', 'int Cart::total() const {\n  return 1;▮', 'function Cart::total'],
    ['c#', 'namespace Shop\n{\n    class Cart\n    {\n        int x;▮', 'namespace Shop › class Cart'],
    ['ruby', 'module Shop\n  class Cart\n    def total\n      1▮', 'module Shop › class Cart › method total'],
    ['php', 'class Cart {\n    public function total() {\n        return 1;▮', 'class Cart › method total'],
    [
      'at most three',
      'namespace A {\n  class B {\n    c() {\n      function d() {\n        x();▮',
      'namespace A › class B › method c',
    ],
  ])('%s', (_, text, chain) => {
    expect(chainAt(text)).toBe(chain);
  });

  test.each([
    '  if (x) {',
    '  for (const a of b) {',
    '  while (true) {',
    '  switch (x) {',
    '  } catch (error) {',
    '  return (a) => {',
    '',
  ])('%j declares nothing', (line) => {
    expect(declarationOn(line)).toBeUndefined();
  });

  test('a hostile line does not take long', () => {
    const begin = performance.now();
    for (const line of [
      `  ${'a '.repeat(99)}(`,
      `  ${'('.repeat(190)}`,
      `const x${' '.repeat(150)}= (${'a,'.repeat(20)}`,
      `  ${'a<'.repeat(90)}(`,
    ])
      declarationOn(line);
    expect(performance.now() - begin).toBeLessThan(200);
  });
});
