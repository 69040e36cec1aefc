import { getLlama } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { beginAt, DecodeProbe, eraseRanges } from '../../inference/llama/internals.js';
import { SINK_MODEL } from './fixture.js';

/**
 * What internals.ts takes for granted of node-llama-cpp. When an upgrade breaks one of these, read the library's
 * LlamaContext.js again before touching anything else.
 */
test('the probe sees every token that goes into llama_decode, also the ones the library evaluates by itself', async () => {
  const llama = await getLlama({ gpu: false, build: 'never' });
  const model = await llama.loadModel({ modelPath: SINK_MODEL });
  const context = await model.createContext({ contextSize: 256, sequences: 1, threads: 1 });
  const probe = new DecodeProbe(context);
  const sequence = context.getSequence();
  const tokens = model.tokenize('const answer = compute(question, 42);\n'.repeat(3));
  await sequence.evaluateWithoutGeneratingNewTokens(tokens);
  expect(probe.tokens).toBe(tokens.length);

  // Erasing from the middle shifts and evaluates nothing.
  await sequence.eraseContextTokenRanges([{ start: 4, end: 10 }]);
  expect(probe.tokens).toBe(tokens.length);

  // Erasing from index 0 makes the library evaluate all the rest again: the trap that the probe is there for.
  await sequence.eraseContextTokenRanges([{ start: 0, end: 4 }]);
  expect(probe.tokens).toBe(tokens.length + tokens.length - 10);

  // Our own way does not.
  const before = probe.tokens;
  const kept = sequence.contextTokens.slice(5);
  eraseRanges(context, sequence, [{ start: 0, end: 5 }]);
  expect(probe.tokens).toBe(before);
  expect(sequence.contextTokens).toEqual(kept);
  expect(sequence.nextTokenIndex).toBe(kept.length);

  // Several ranges at once, the later ones by the positions that they have before.
  const without = sequence.contextTokens.filter(
    (_, index) => !((index >= 2 && index < 5) || (index >= 8 && index < 9)),
  );
  eraseRanges(context, sequence, [
    { start: 2, end: 5 },
    { start: 8, end: 9 },
  ]);
  expect(sequence.contextTokens).toEqual(without);
  expect(sequence.nextTokenIndex).toBe(without.length);
  await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(0, 3));
  expect(probe.tokens).toBe(before + 3);

  // An empty sequence may begin anywhere, and what it holds is then moved to the front.
  await sequence.clearHistory();
  beginAt(sequence, 64);
  await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(0, 8));
  eraseRanges(context, sequence, [{ start: 0, end: 64 }]);
  expect(sequence.contextTokens).toEqual(tokens.slice(0, 8));
  await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(8, 10));
  expect(sequence.contextTokens).toEqual(tokens.slice(0, 10));
  await llama.dispose();
});
