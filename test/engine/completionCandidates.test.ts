import { expect, test } from 'vitest';
import { withEngine } from './fixture.js';

const REQUEST = {
  path: 'src/cart.ts',
  prefix: 'export class Cart {\n  readonly items: Item[] = [];\n\n  total(): number {\n',
  typed: '    ',
  suffix: '\n  }\n}\n',
  maxTokens: 24,
  singleLine: true,
};

test('several candidates: the likeliest first, the others sampled, each another, the same every time', async () => {
  await withEngine({}, async ({ session }) => {
    const never = new AbortController().signal;
    const one = await session.complete(REQUEST, never);
    expect(one).not.toHaveProperty('others');
    const before = session.windowView();
    const several = await session.complete({ ...REQUEST, candidates: 6 }, never);
    expect(several.text).toBe(one.text);
    expect(several.confidence).toBeCloseTo(one.confidence, 3);
    const texts = [several.text, ...(several.others ?? [])];
    expect(texts.length).toBeGreaterThan(1);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.every((text) => text !== '' && !text.includes('\n'))).toBe(true);
    // The prompt is there already: each candidate costs its own tokens, and the last one of the prompt.
    expect(several.evaluated).toBeLessThanOrEqual(6 * (REQUEST.maxTokens + 1));
    expect((await session.complete({ ...REQUEST, candidates: 6 }, never)).others).toEqual(several.others);
    expect(session.windowView().counters.streamed).toBe(before.counters.streamed);
  });
});

test('what the bound on tokens cuts off ends with whole words, or whole lines', async () => {
  await withEngine({}, async ({ session }) => {
    const never = new AbortController().signal;
    const whole = await session.complete(REQUEST, never);
    for (let maxTokens = 1; maxTokens < 8; maxTokens += 1) {
      const { text } = await session.complete({ ...REQUEST, maxTokens }, never);
      expect(whole.text.startsWith(text)).toBe(true);
      const next = whole.text.charAt(text.length);
      expect(/\w$/.test(text) && /\w/.test(next), `${text}▮${next}`).toBe(false);
    }
  });
});
