/**
 * Tiny models of random weights, one for each way in which llama.cpp's caches differ: what the gate and the probe decide,
 * and that the engine lives with it.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capabilitiesOf } from '../../inference/llama/capabilities.js';
import { divergence } from '../../inference/llama/nextTokens.js';
import { readGgufFacts } from '../../inference/llama/ggufFacts.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { Engine } from '../../inference/engine.js';
import { recorder, startParams, temporaryFolder } from './fixture.js';
import { TINY_MODELS, tinyModel, type TinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';

interface Expected {
  readonly policy: 'sink' | 'recompute';
  readonly sinks: number;
  readonly fim: boolean;
  /** In the reason that the person reads. */
  readonly reason?: RegExp;
}

const streams = (sinks = 4): Expected => ({ policy: 'sink', sinks, fim: true });
const recomputes = (reason: RegExp, fim = true): Expected => ({ policy: 'recompute', sinks: 4, fim, reason });

const EXPECTED: Readonly<Record<TinyModel, Expected>> = {
  llama: streams(),
  qwen2: streams(),
  qwen3: streams(),
  starcoder2: streams(),
  gemma3: streams(),
  'gpt-oss': streams(0),
  smollm3: recomputes(/without rotary positions/),
  'llama with YaRN': recomputes(/YaRN/),
  phi3: recomputes(/LongRoPE/),
  qwen2vl: recomputes(/M-RoPE/),
  lfm2: recomputes(/recurrent state/, false),
  qwen3next: recomputes(/recurrent state/, false),
  mamba: recomputes(/recurrent state/, false),
};

const CAPACITY = 256;
const names = Object.keys(TINY_MODELS) as TinyModel[];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const pathOf = (name: TinyModel): string => join(folder.path, `${name}.gguf`);

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const name of names) await writeGguf(pathOf(name), tinyModel(name));
});
afterAll(() => folder[Symbol.asyncDispose]());

describe.each(names)('%s', (name) => {
  test('streams twice its window, answers and completes, and nothing ends', async () => {
    const expected = EXPECTED[name];
    await using storage = await temporaryFolder();
    const recorded = recorder();
    await using engine = await Engine.start(
      startParams(storage.path, {
        modelPath: pathOf(name),
        builtIn: false,
        cache: { capacity: CAPACITY },
        chat: { maxTokens: 16 },
      }),
      recorded,
    );
    const { model } = engine.started;
    const { session } = engine;
    expect(session.windowView().policy).toBe(expected.policy);
    expect(model.sinks).toBe(expected.sinks);
    expect(model.fim).toBe(expected.fim);
    if (expected.reason === undefined) {
      expect(model.policyReason).toBeUndefined();
      expect(recorded.notices).toEqual([]);
    } else {
      expect(model.policyReason).toMatch(expected.reason);
      expect(recorded.notices.join()).toMatch(/Choose Model/);
    }

    await session.ask('What is this?', new AbortController().signal);
    for (let turn = 0; session.windowView().counters.streamed < 3 * CAPACITY; turn += 1) {
      session.append([{ kind: 'edit', title: 'a.ts', text: `a.ts\n+const answer${turn} = compute(${turn * 7});` }]);
      await session.whenIdle();
      const { window, held } = session.inspect();
      checkInvariants(window, held);
    }
    const completion = await session.complete(
      { path: 'a.ts', prefix: 'const a = 1;\n', typed: 'const b', suffix: '\n', maxTokens: 8, singleLine: true },
      new AbortController().signal,
    );
    if (!expected.fim) expect(completion.text).toBe('');
    await session.ask('And now?', new AbortController().signal);

    const { counters, used, capacity } = session.windowView();
    expect(counters.evictions).toBeGreaterThan(2);
    expect(used).toBeLessThanOrEqual(capacity);
    if (expected.policy === 'sink') {
      expect(counters.reEvaluated).toBe(0);
      expect(counters.evaluated).toBe(counters.streamed + counters.branched);
      expect(counters.moved).toBeGreaterThan(0);
    } else {
      expect(counters.reEvaluated).toBeGreaterThan(0);
      expect(counters.moved).toBe(0);
    }
    expect(recorded.problems).toEqual([]);
  });
});

test.each(['gemma3', 'gpt-oss'] as const)('%s: a reset leaves the model as it was at the beginning', async (name) => {
  await using storage = await temporaryFolder();
  const recorded = recorder();
  await using engine = await Engine.start(
    startParams(storage.path, { modelPath: pathOf(name), builtIn: false, cache: { capacity: CAPACITY } }),
    recorded,
  );
  const { session } = engine;
  const atFirst = await session.predict();
  // The layers with a sliding window give the cells of the first tokens to later ones.
  for (let turn = 0; session.windowView().counters.evictions < 4; turn += 1) {
    session.append([{ kind: 'edit', title: 'a.ts', text: `a.ts\n+const answer${turn} = compute(${turn * 7});` }]);
    await session.whenIdle();
  }
  await session.reset();
  const afterwards = await session.predict();
  expect(divergence(atFirst, afterwards)).toBeLessThan(1e-4);
});

test('a model that cannot roll back is not evaluated again for the sake of a checkpoint', async () => {
  await using storage = await temporaryFolder();
  const params = startParams(storage.path, {
    modelPath: pathOf('lfm2'),
    builtIn: false,
    cache: { capacity: CAPACITY },
    chat: { maxTokens: 8 },
  });
  {
    await using engine = await Engine.start(params, recorder());
    await engine.session.ask('What is this?', new AbortController().signal);
    await engine.session.checkpoint();
    const { counters } = engine.session.windowView();
    expect(counters.reEvaluated).toBe(0);
    expect(counters.evaluated).toBe(counters.streamed);
  }
  const recorded = recorder();
  await using engine = await Engine.start(params, recorded);
  expect(engine.started.resumed).toMatchObject({ from: 'journal', events: 2 });
  expect(recorded.problems).toEqual([]);
});

test('the header alone decides the same as header and probe together, for every tiny model', async () => {
  for (const name of names) {
    const can = capabilitiesOf(await readGgufFacts(pathOf(name)));
    expect([name, can.shift], name).toEqual([name, EXPECTED[name].policy === 'sink']);
    expect([name, can.rollBack]).toEqual([name, EXPECTED[name].fim]);
  }
});
