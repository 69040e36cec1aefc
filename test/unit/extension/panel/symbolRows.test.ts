import { describe, expect, test } from 'vitest';
import { symbolsOfDocument, symbolsOfWorkspace, wholeRange } from '../../../../extension/panel/symbolRows.js';

const lines = (start: number, end: number, character = 0) => ({
  start: { line: start, character },
  end: { line: end, character: 80 },
});
const CART = 'file:///cart.ts';
const tree = [
  {
    name: 'Cart',
    kind: 4,
    range: lines(0, 9),
    children: [
      { name: 'total', kind: 5, range: lines(2, 5), children: [] },
      { name: 'add', kind: 5, range: lines(6, 8), children: [] },
    ],
  },
  { name: 'total', kind: 11, range: lines(11, 14), children: [] },
];

describe('symbolsOfDocument', () => {
  test('lists a tree with what each symbol stands in', () => {
    expect(symbolsOfDocument(tree, CART).map(({ name, container }) => [name, container])).toEqual([
      ['Cart', ''],
      ['total', 'Cart'],
      ['add', 'Cart'],
      ['total', ''],
    ]);
  });

  test('takes the flat list of an older language extension', () => {
    const told = [{ name: 'total', kind: 5, containerName: 'Cart', location: { uri: CART, range: lines(2, 5) } }];
    expect(symbolsOfDocument(told, CART)).toEqual([
      { name: 'total', kind: 5, container: 'Cart', uri: CART, range: lines(2, 5) },
    ]);
  });
});

test('the workspace adds what the file does not have', () => {
  const told = [
    { name: 'total', kind: 5, containerName: 'Cart', location: { uri: CART, range: lines(2, 2) } },
    { name: 'totals', kind: 11, location: { uri: 'file:///sum.ts', range: lines(1, 1) } },
    { name: 'nowhere', kind: 11 },
  ];
  expect(symbolsOfWorkspace(told, symbolsOfDocument(tree, CART))).toEqual([
    { name: 'totals', kind: 11, container: '', uri: 'file:///sum.ts', range: lines(1, 1) },
  ]);
});

describe('wholeRange', () => {
  const rows = symbolsOfDocument(tree, CART);
  const told = (line: number) => ({ name: 'total', kind: 5, container: '', uri: CART, range: lines(line, line, 4) });

  test('finds the construct around a name, and of two with the same name the right one', () => {
    expect(wholeRange(told(2), rows)).toEqual(lines(2, 5));
    expect(wholeRange(told(11), rows)).toEqual(lines(11, 14));
  });

  test('keeps what was told where the file says nothing', () => {
    expect(wholeRange(told(30), rows)).toEqual(lines(30, 30, 4));
  });
});
