/**
 * Tiny models of random weights, one for each way in which llama.cpp's caches differ: what the gate and the probe decide,
 * and that the engine lives with it.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capabilitiesOf } from '../../inference/llama/capabilities.js';
import { divergence, type NextTokens } from '../../inference/llama/nextTokens.js';
import { readGgufFacts } from '../../inference/llama/ggufFacts.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { Engine } from '../../inference/engine.js';
import { recorder, startParams, temporaryFolder, type Recorder } from './fixture.js';
import { TINY_MODELS, tinyModel, type TinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';

interface Expected {
  readonly policy: 'sink' | 'recompute';
  readonly sinks: number;
  /** In the reason that the person reads. */
  readonly reason?: RegExp;
}

const streams = (sinks = 4): Expected => ({ policy: 'sink', sinks });
const recomputes = (reason: RegExp): Expected => ({ policy: 'recompute', sinks: 4, reason });

const EXPECTED: Readonly<Record<TinyModel, Expected>> = {
  llama: streams(),
  qwen2: streams(),
  qwen3: streams(),
  starcoder2: streams(),
  deepseek2: streams(),
  gemma3: streams(),
  'gpt-oss': streams(0),
  smollm3: recomputes(/without rotary positions/),
  'llama with YaRN': recomputes(/YaRN/),
  phi3: recomputes(/LongRoPE/),
  qwen2vl: recomputes(/M-RoPE/),
  lfm2: recomputes(/recurrent state/),
  qwen3next: recomputes(/recurrent state/),
  mamba: recomputes(/recurrent state/),
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
    expect(model.fim).toBe(true);
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
    expect(completion.evaluated).toBeGreaterThan(10);
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

describe.each(['lfm2', 'qwen3next', 'mamba'] as const)('%s has a recurrent state', (name) => {
  const question = 'What is this?';
  const request = {
    path: 'a.ts',
    prefix: 'export function total(items: Item[]) {\n',
    typed: '  return ',
    suffix: '\n}\n',
    maxTokens: 8,
    singleLine: false,
  };
  const never = new AbortController().signal;
  interface Opened extends AsyncDisposable {
    readonly engine: Engine;
    readonly recorded: Recorder;
  }
  const open = async (storagePath: string): Promise<Opened> => {
    const recorded = recorder();
    const engine = await Engine.start(
      startParams(storagePath, {
        modelPath: pathOf(name),
        builtIn: false,
        cache: { capacity: 1024 },
        chat: { maxTokens: 40 },
      }),
      recorded,
    );
    return { engine, recorded, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
  };
  /** Answers twice, with whatever `during` does at the pieces of the first answer. */
  async function answers(during: (engine: Engine, piece: number) => void): Promise<readonly string[]> {
    await using storage = await temporaryFolder();
    await using opened = await open(storage.path);
    const { engine, recorded } = opened;
    let piece = 0;
    recorded.handleDelta = () => during(engine, (piece += 1));
    const first = await engine.session.ask(question, never);
    recorded.handleDelta = () => undefined;
    const second = await engine.session.ask('And now?', never);
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
    const { counters } = engine.session.windowView();
    expect(counters.reEvaluated).toBe(0);
    expect(counters.evictions).toBe(0);
    expect(counters.evaluated).toBe(counters.streamed + counters.branched);
    expect(recorded.problems).toEqual([]);
    return [first.reply.text, second.reply.text];
  }

  test('completions in the middle of an answer leave it as it would have been', async () => {
    const alone = await answers(() => undefined);
    const completions: Promise<{ readonly evaluated: number; readonly text: string }>[] = [];
    const interrupted = await answers(({ session }, piece) => {
      if (piece % 5 === 0 && completions.length < 4)
        completions.push(session.complete({ ...request, typed: `  return ${'a'.repeat(piece)}` }, never));
    });
    expect(completions).toHaveLength(4);
    for (const { evaluated } of await Promise.all(completions)) expect(evaluated).toBeGreaterThan(60);
    expect(interrupted).toEqual(alone);
  });

  test('a cancelled completion leaves the answer as it would have been', async () => {
    const alone = await answers(() => undefined);
    const cancelled = await answers(({ session }, piece) => {
      if (piece !== 5 && piece !== 12) return;
      const cancel = new AbortController();
      void session.complete({ ...request, maxTokens: 64 }, cancel.signal);
      // Once it runs, which is at the next token.
      if (piece === 5) setImmediate(() => cancel.abort());
      else cancel.abort();
    });
    expect(cancelled).toEqual(alone);
  });

  test('one more keystroke evaluates its own tokens only, and says what it would have said at once', async () => {
    await using storage = await temporaryFolder();
    await using opened = await open(storage.path);
    const { session } = opened.engine;
    await session.ask(question, never);
    const first = await session.complete(request, never);
    const second = await session.complete({ ...request, typed: '  return i' }, never);
    const third = await session.complete({ ...request, typed: '  return it' }, never);
    expect(first.evaluated).toBeGreaterThan(60);
    expect(second.evaluated).toBeLessThanOrEqual('  return i'.length + request.maxTokens);
    expect(third.evaluated).toBeLessThanOrEqual('  return it'.length + request.maxTokens);
    await session.predict();
    const again = await session.complete({ ...request, typed: '  return it' }, never);
    expect(again.evaluated).toBeGreaterThan(60);
    expect(again.text).toBe(third.text);
    expect(session.windowView().counters.reEvaluated).toBe(0);
  });

  test('a reset leaves nothing of what it read, and its undoing brings all of it back', async () => {
    await using storage = await temporaryFolder();
    await using opened = await open(storage.path);
    const { session } = opened.engine;
    const atFirst = await session.predict();
    await session.ask(question, never);
    await session.complete(request, never);
    const before = await session.predict();
    expect(divergence(atFirst, before)).toBeGreaterThan(1e-3);
    await session.reset();
    expect(divergence(atFirst, await session.predict())).toBeLessThan(1e-4);
    await session.undoReset();
    expect(divergence(before, await session.predict())).toBeLessThan(1e-6);
    expect(opened.recorded.problems).toEqual([]);
  });

  test('its window is saved, and comes back without evaluating it again', async () => {
    await using storage = await temporaryFolder();
    let before: NextTokens;
    {
      await using opened = await open(storage.path);
      const { engine } = opened;
      await engine.session.ask(question, never);
      before = await engine.session.predict();
      await engine.session.checkpoint();
      const { counters } = engine.session.windowView();
      expect(counters.reEvaluated).toBe(0);
      expect(counters.evaluated).toBe(counters.streamed + counters.branched);
    }
    await using opened = await open(storage.path);
    const { engine, recorded } = opened;
    expect(engine.started.resumed).toMatchObject({ from: 'checkpoint', events: 2 });
    expect(divergence(before, await engine.session.predict())).toBeLessThan(1e-6);
    const { counters } = engine.session.windowView();
    expect(counters.evaluated).toBe(counters.branched);
    expect(recorded.problems).toEqual([]);
  });
});

test('the header alone decides the same as header and probe together, for every tiny model', async () => {
  for (const name of names) {
    const can = capabilitiesOf(await readGgufFacts(pathOf(name)));
    expect([name, can.shift], name).toEqual([name, EXPECTED[name].policy === 'sink']);
  }
});
