import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StopText } from '../../../inference/session/stopText.js';
import { TextStream } from '../../../inference/session/textStream.js';

describe('StopText', () => {
  test('however a text is cut into pieces, exactly what stands before the stop is shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '<', '<|', 'end', '|>', '<|end|>', '\n'), { maxLength: 20 }),
        (pieces) => {
          const stop = new StopText('<|end|>');
          const shown = pieces.map((piece) => stop.push(piece)).join('') + stop.end();
          const text = pieces.join('');
          const at = text.indexOf('<|end|>');
          expect(shown).toBe(at < 0 ? text : text.slice(0, at));
          expect(stop.reached).toBe(at >= 0);
        },
      ),
    );
  });

  test('an empty stop never stops', () => {
    const stop = new StopText('');
    expect(stop.push('abc')).toBe('abc');
    expect(stop.reached).toBe(false);
  });
});

describe('TextStream', () => {
  /** A vocabulary of bytes. */
  const bytes = { decode: (tokens: readonly number[]) => new TextDecoder().decode(Uint8Array.from(tokens)) };

  test('never shows half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const clean = text.replaceAll('\uFFFD', '');
        const stream = new TextStream(bytes);
        const pieces = [...new TextEncoder().encode(clean)].map((byte) => stream.push(byte));
        expect(pieces.join('') + stream.end()).toBe(clean);
        expect(pieces.some((piece) => piece.includes('\uFFFD'))).toBe(false);
      }),
    );
  });

  test('gives up on bytes that are no text', () => {
    const stream = new TextStream(bytes);
    const shown = [0xff, 0xff, 0xff, 0xff, 0x61].map((byte) => stream.push(byte)).join('') + stream.end();
    expect(shown).toMatch(/^\uFFFD+a$/);
  });
});
