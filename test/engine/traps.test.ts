/**
 * What has gone wrong elsewhere when a cache was shifted under a running model, and must not here. Other tests have the
 * rest: architectures and keys that cannot be shifted (architectures, probe), states saved at the wrong moment
 * (checkpoints), tokens evaluated twice (stream, internals).
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import { loadLocalModel } from '../../inference/llama/localModel.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, SINK_MODEL, startParams, temporaryFolder, withEngine } from './fixture.js';
import { TINY_MODELS } from './gguf/architectures.js';
import { CONTROLS } from './gguf/byteVocabulary.js';
import { EMBEDDING } from './gguf/modelBuilder.js';
import { bool, string, writeGguf, type GgufSpec } from './gguf/writer.js';

const never = new AbortController().signal;
const edit = (index: number) => ({
  kind: 'edit' as const,
  title: 'a.ts',
  text: `a.ts\n-const answer = ${index};\n+const answer = compute(${index}, 7);`,
});

/** With a BOS of its own, and a template that writes one too. */
const TEMPLATE = `{{ bos_token }}{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`;

/** All but never says a control token, the end of its turn among them. */
function withoutEnd(spec: GgufSpec): GgufSpec {
  const tensors = spec.tensors.map((tensor) =>
    tensor.name === 'output.weight'
      ? { ...tensor, data: tensor.data.slice().fill(0, -CONTROLS.length * EMBEDDING) }
      : tensor,
  );
  return { ...spec, tensors };
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let withBos: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  withBos = join(folder.path, 'with BOS.gguf');
  const model = TINY_MODELS.llama()
    .setGlobal('tokenizer.ggml.add_bos_token', bool(true))
    .setGlobal('tokenizer.chat_template', string(TEMPLATE));
  await writeGguf(withBos, withoutEnd(model.spec));
});
afterAll(() => folder[Symbol.asyncDispose]());

test('a stream has one BOS, at its beginning, whatever happens to it', async () => {
  const storagePath = join(folder.path, 'one BOS');
  const params = startParams(storagePath, {
    modelPath: withBos,
    builtIn: false,
    cache: { capacity: 256 },
    chat: { maxTokens: 12, temperature: 1 },
  });
  const beginnings = ({ session }: Engine): number[] => {
    const { held } = session.inspect();
    return held.flatMap((token, position) => (token === held[0] ? [position] : []));
  };
  {
    await using engine = await Engine.start(params, recorder());
    const { session } = engine;
    const [sink] = session.windowText();
    expect(sink?.text).toMatch(/^<\|endoftext\|>/);
    for (let turn = 0; session.windowView().counters.evictions < 4; turn += 1) {
      session.append([edit(turn)]);
      await session.ask(`What is ${turn}?`, never);
      await session.complete(
        { path: 'a.ts', prefix: '', typed: 'const', suffix: '', maxTokens: 4, singleLine: true },
        never,
      );
      expect(beginnings(engine)).toEqual([0]);
    }
    await session.reset();
    await session.ask('And now?', never);
    expect(beginnings(engine)).toEqual([0]);
  }
  await using engine = await Engine.start(params, recorder());
  await engine.session.ask('And after a restart?', never);
  expect(beginnings(engine)).toEqual([0]);
});

test('a reply that is longer than the window ends where it may be no longer, and evicts once a block, not once a token', async () => {
  const recorded = recorder();
  await using engine = await Engine.start(
    startParams(join(folder.path, 'long reply'), {
      modelPath: withBos,
      builtIn: false,
      cache: { capacity: 256, block: 64 },
      // Hot enough that random weights do not go round in circles.
      chat: { maxTokens: 700, temperature: 1 },
    }),
    recorded,
  );
  const { session } = engine;
  const { stopped, tokens } = await session.ask('Go on for ever.', never);
  expect([stopped, tokens]).toEqual(['length', 700]);
  const { counters, used, capacity, reserve } = session.windowView();
  expect(counters.generated).toBe(700);
  expect(counters.reEvaluated).toBe(0);
  expect(counters.evicted).toBe(counters.streamed - used);
  expect(counters.evictions).toBeGreaterThan(5);
  expect(counters.evicted / counters.evictions).toBeGreaterThanOrEqual(64);
  expect(used).toBeLessThanOrEqual(capacity - reserve);
  const { window, held } = session.inspect();
  checkInvariants(window, held);
});

test('no event stands in the window without its beginning or its end, and no answer without its question', async () => {
  await withEngine({ cache: { capacity: 384 }, chat: { maxTokens: 24 } }, async ({ session }) => {
    for (let turn = 0; session.windowView().counters.evictions < 8; turn += 1) {
      session.append([edit(turn), edit(turn + 1000)]);
      await session.ask(`What is ${turn}?`, never);
      const spans = session.windowText();
      for (const { kind, text } of spans)
        if (['edit', 'message', 'reply'].includes(kind))
          expect(text).toMatch(/^<\|(edit|user|assistant)\|>[^]*<\|end\|>$/);
      const talk = spans.map(({ kind }) => kind).filter((kind) => kind === 'message' || kind === 'reply');
      expect(talk).toEqual(talk.map((_, index) => (index % 2 === 0 ? 'message' : 'reply')));
    }
  });
});

test('the shift of the library, which would evaluate everything again, is never reached: a full context is an error', async () => {
  await using model = await loadLocalModel({
    path: SINK_MODEL,
    gpu: 'off',
    threads: 1,
    batchSize: 64,
    capacity: () => 200,
    log: () => undefined,
  });
  const { sequence } = model;
  const tokens = model.vocabulary.encode('const answer = compute(question, 42);\n'.repeat(40)).slice(0, 64);
  const fill = async (): Promise<never> => {
    for (;;) await sequence.append(tokens);
  };
  await expect(fill()).rejects.toThrow('the window should have evicted before');
  expect(sequence.counters.unasked).toBeLessThanOrEqual(0);
  expect(sequence.length).toBeGreaterThan(200);
});
