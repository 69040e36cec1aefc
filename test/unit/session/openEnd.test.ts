import { describe, expect, test } from 'vitest';
import { TokenTexts } from '../../../inference/llama/tokenTexts.js';
import { leaveEndOpen, OpenEnd } from '../../../inference/session/openEnd.js';

/** The longest token first, as a vocabulary of merged pieces does it for most words. */
const TEXTS = ['', ' M', 'ic', 'icr', 'r', 'ros', 'oft', ' ', '  ', '    ', '(', '(...', 'a', 'c', 'M', 'i', ')', ' a'];
const texts = new TokenTexts(TEXTS);
const encode = (text: string): number[] => {
  const tokens: number[] = [];
  for (let at = 0; at < text.length;) {
    const [best = ''] = TEXTS.filter((each) => each !== '' && text.startsWith(each, at) && each !== 'icr').sort(
      (a, b) => b.length - a.length,
    );
    if (best === '') throw new Error(`No token for ${text.slice(at)}`);
    tokens.push(TEXTS.indexOf(best));
    at += best.length;
  }
  return tokens;
};
const decode = (tokens: readonly number[]): string => tokens.map((token) => TEXTS[token]).join('');
const written = (tokens: readonly number[] | undefined): string[] | undefined => tokens?.map((token) => TEXTS[token]!);

describe('TokenTexts', () => {
  test('finds what begins with a text, as a look at each would', () => {
    for (const start of ['', ' ', '  ', 'i', 'ic', 'r', 'M', 'x', '('])
      expect(texts.startingWith(start).toSorted()).toEqual(
        [...TEXTS.keys()].filter((token) => TEXTS[token] !== '' && TEXTS[token]?.startsWith(start)).toSorted(),
      );
  });

  test('a token without a text of its own begins with nothing', () => {
    expect(texts.startingWith('')).not.toContain(0);
    expect(texts.textOf(0)).toBe('');
    expect(texts.textOf(999)).toBe('');
  });
});

describe('leaveEndOpen', () => {
  const split = (text: string): [string, string] => {
    const { tokens, open } = leaveEndOpen(text, { encode, decode });
    return [decode(tokens), open];
  };

  test('leaves the last word to the model, and nothing before it', () => {
    expect(split('(c) Micr')).toEqual(['(c)', ' Micr']);
    expect(split('a(a')).toEqual(['a(', 'a']);
  });

  test('leaves signs and spaces by one token', () => {
    expect(split('a(')).toEqual(['a', '(']);
    expect(split('a((')).toEqual(['a(', '(']);
    expect(split('    ')).toEqual(['', '    ']);
    expect(split('')).toEqual(['', '']);
  });

  test('leaves three tokens at the most', () => {
    expect(split('ccccc')).toEqual(['cc', 'ccc']);
  });

  test('leaves nothing where the tokens do not give the text back', () => {
    const trimming = { encode, decode: (tokens: readonly number[]) => decode(tokens).trimStart() };
    expect(leaveEndOpen('  (a', trimming)).toEqual({ tokens: encode('  (a'), open: '' });
  });
});

describe('OpenEnd', () => {
  test('allows what goes on with the end or beyond it, and anything after that', () => {
    const end = new OpenEnd(' Micr', texts, encode);
    expect(written(end.allowed)).toEqual([' M']);
    expect(end.push(' M')).toBe('');
    expect(written(end.allowed)).toEqual(['icr', 'ic']);
    expect(end.push('ic')).toBe('');
    expect(written(end.allowed)).toEqual(['r', 'ros']);
    expect(end.push('ros')).toBe('os');
    expect(end.allowed).toBeUndefined();
    expect(end.push('oft')).toBe('oft');
  });

  test('allows the last space of an indentation to belong to what comes', () => {
    const end = new OpenEnd('   ', texts, encode);
    expect(written(end.allowed)).toEqual(['    ', '  ']);
    expect(end.push('  ')).toBe('');
    expect(written(end.allowed)).toEqual([' ', '  ', '    ', ' M', ' a'].toSorted());
    expect(end.push(' a')).toBe('a');
  });

  test('notices another text', () => {
    expect(new OpenEnd('ic', texts, encode).push('r')).toBeUndefined();
    expect(new OpenEnd('ic', texts, encode).push('ros')).toBeUndefined();
  });

  test('nothing left open: everything is new', () => {
    const end = new OpenEnd('', texts, encode);
    expect(end.allowed).toBeUndefined();
    expect(end.push('a')).toBe('a');
  });
});
