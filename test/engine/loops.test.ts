import { expect, test } from 'vitest';
import { loadLocalModel } from '../../inference/llama/localModel.js';
import { LOOP_PENALTY } from '../../inference/session/chatTurn.js';
import { LoopGuard } from '../../inference/session/loopGuard.js';
import { SINK_MODEL } from './fixture.js';

/** Small models repeat themselves when they go on with such lines, always with the likeliest token. */
const BEGINNINGS = [
  'export function toArray(value) {\n  if (Array.isArray(value)) return value;\n',
  'const listeners = new Map();\n\nfunction on(event, listener) {\n',
  'class Point {\n  constructor(x, y) {\n    this.x = x;\n    this.y = y;\n  }\n',
  'switch (kind) {\n  case "add":\n    return a + b;\n  case "sub":\n',
  '// Returns the number of days in a month.\nfunction daysInMonth(month, year) {\n',
  'try {\n  await connection.query(sql);\n} catch (error) {\n',
];
const TOKENS = 250;

test('a loop that has begun is left, and text that does not repeat itself stays as it was', async () => {
  await using model = await loadLocalModel({
    path: SINK_MODEL,
    gpu: 'off',
    threads: 1,
    batchSize: 64,
    capacity: () => 512,
    log: () => undefined,
  });
  const { sequence, vocabulary } = model;

  /** @returns the tokens, and where the loop began and was complete. */
  const goOn = async (text: string, nats: number): Promise<{ tokens: number[]; begun: number; looped: boolean }> => {
    await sequence.clear();
    const loop = new LoopGuard();
    const tokens: number[] = [];
    let begun = Infinity;
    const sampling = { temperature: 0, penalty: { nats, tokens: () => loop.next } };
    for await (const { token } of sequence.generate(vocabulary.encode(text), sampling)) {
      tokens.push(token);
      if (loop.push(token)) return { tokens, begun, looped: true };
      if (loop.next.length > 0) begun = Math.min(begun, tokens.length);
      if (tokens.length === TOKENS) break;
    }
    return { tokens, begun, looped: false };
  };

  let [without, withIt] = [0, 0];
  for (const text of BEGINNINGS) {
    const free = await goOn(text, 0);
    const held = await goOn(text, LOOP_PENALTY);
    without += free.looped ? 1 : 0;
    withIt += held.looped ? 1 : 0;
    // The same up to there, token by token.
    expect(held.begun).toBe(free.begun);
    expect(held.tokens.slice(0, free.begun)).toEqual(free.tokens.slice(0, free.begun));
  }
  expect(without).toBeGreaterThan(2);
  expect(withIt).toBe(0);
});
