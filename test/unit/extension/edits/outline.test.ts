import { describe, expect, test } from 'vitest';
import { makeOutlineByLines } from '../../../../extension/edits/outline.js';

const OUTLINE_LIMITS = { lines: 24, characters: 1_000 };

const outline = (text: string, limits = OUTLINE_LIMITS): string => makeOutlineByLines(text.split('\n'), limits);

describe('makeOutlineByLines', () => {
  test('imports and signatures of TypeScript', () => {
    expect(
      outline(`import { Item } from './item';

export class Cart extends Base {
  items: Item[] = [];

  total(): number {
    const add = (a: number) => {
      return a;
    };
    return this.items.reduce((sum) => {
      return sum;
    }, 0);
  }
}

export default async function load(url: string): Promise<Cart> {
  if (url) {
  }
}
export const empty = (cart: Cart) => cart.items.length === 0;
`),
    ).toBe(` import { Item } from './item'
 class Cart extends Base
   total(): number
 async function load(url: string): Promise<Cart>
 const empty = (cart: Cart)`);
  });

  test('python', () => {
    expect(
      outline(
        'import os\nfrom a import b\n\nclass Cart(Base):\n    def total(self) -> int:\n        return 1\n\ndef main():\n    pass\n',
      ),
    ).toBe(' import os\n from a import b\n class Cart(Base)\n   def total(self) -> int\n def main()');
  });

  test('go and rust', () => {
    expect(outline('type Cart struct {\n\tx int\n}\n\nfunc (c *Cart) Total() int {\n}\n')).toBe(
      ' type Cart struct\n func (c *Cart) Total() int',
    );
    expect(outline('use std::fmt;\n\nimpl Cart {\n    pub fn total(&self) -> u32 {\n    }\n}\n')).toBe(
      ' use std::fmt\n impl Cart\n   pub fn total(&self) -> u32',
    );
  });

  test('nothing in prose', () => {
    expect(outline('# Title\n\nA class of problems.\n\n- one\n')).toBe('');
  });

  test('stays within its limits', () => {
    const many = Array.from({ length: 500 }, (_, n) => `function f${n}() {\n}`).join('\n');
    expect(outline(many).split('\n')).toHaveLength(OUTLINE_LIMITS.lines);
    expect(outline(many, { lines: 100, characters: 50 }).length).toBeLessThanOrEqual(50);
  });
});
