import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../bench/root.js';
import { clean, isRealSource } from '../../../training/corpus/cleaning.js';
import { SeenLines } from '../../../training/corpus/duplicates.js';

const sample = (path: string): string => readFileSync(join(root, 'training/test/samples', path), 'utf8');
const CART = sample('lib/cart.ts');
const QUEUE = sample('src/queue.ts');

describe('clean', () => {
  test('takes off licence header, source map, trailing blanks and foreign line ends', () => {
    const header = '\ufeff/*!\n * Copyright (c) someone\n * MIT License\n */\r\n';
    const text = `${header}// a\r\nlet x;  \r\n\n\n\nlet y;\n//# sourceMappingURL=x.js.map\n`;
    expect(clean(text)).toBe('// a\nlet x;\n\nlet y;\n');
  });

  test('takes off line comments that are a licence, and leaves all others', () => {
    expect(clean('// Copyright someone.\n// All rights reserved.\n\n// Adds.\nadd();\n')).toBe('// Adds.\nadd();\n');
    expect(clean('/** The licence of a package. */\nlet licence;\n')).toBe('let licence;\n');
    expect(clean('let a;\n/* Copyright sign */\n')).toBe('let a;\n/* Copyright sign */\n');
  });
});

test('minified, generated, data-like and tiny files are no real source', () => {
  expect(isRealSource(CART)).toBe(true);
  expect(isRealSource('var a=1;'.repeat(400) + '\n'.repeat(20))).toBe(false);
  expect(isRealSource(`// @generated\n${CART}`)).toBe(false);
  expect(isRealSource(`${CART}\ufffd`)).toBe(false);
  expect(isRealSource('  [12, 34, 56],\n'.repeat(100))).toBe(false);
  expect(isRealSource('let a = 1;\n')).toBe(false);
});

test('exact and near duplicates are told from what is new', () => {
  const seen = new SeenLines();
  expect(seen.isDuplicate(CART)).toBe(false);
  expect(seen.isDuplicate(CART)).toBe(true);
  expect(seen.isDuplicate(CART.replace('sum += item.price', 'sum += item.cost'))).toBe(true);
  expect(seen.isDuplicate(QUEUE)).toBe(false);
});
