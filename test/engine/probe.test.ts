/** What the probe finds by itself, without the lists of architectures; and what is left of it when it ends the process. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLocalModel, type LocalModel } from '../../inference/llama/localModel.js';
import type { LoadParameters } from './children/loadModel.js';
import { runChild, type Ended } from './children/runChild.js';
import { SINK_MODEL, temporaryFolder } from './fixture.js';
import { longKeys, tinyModel, type TinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function writeModel(name: TinyModel): Promise<string> {
  const path = join(folder.path, `${name}.gguf`);
  await writeGguf(path, tinyModel(name));
  return path;
}

async function load(
  path: string,
  options: { ignoreGate?: boolean; keyType?: string; capacity?: number } = {},
): Promise<AsyncDisposable & { readonly model: LocalModel; readonly log: readonly string[] }> {
  const log: string[] = [];
  const model = await loadLocalModel({
    path,
    gpu: 'off',
    threads: 1,
    batchSize: 256,
    ...options,
    capacity: () => options.capacity ?? 256,
    log: (_, message) => log.push(message),
  });
  return { model, log, [Symbol.asyncDispose]: () => model[Symbol.asyncDispose]() };
}

/** Nats after a roll-back, a move, an eviction in blocks. */
function measured(log: readonly string[]): readonly number[] {
  const line = log.find((text) => text.startsWith('The cache after'));
  return (/KL ([^()]*) \(/.exec(line ?? '')?.[1] ?? '').split(', ').map(Number);
}

test.each(['llama', 'qwen2', 'qwen3', 'starcoder2', 'deepseek2', 'gemma3', 'gpt-oss'] as const)(
  '%s: nothing that is done to its cache shows',
  async (name) => {
    await using loaded = await load(await writeModel(name));
    const { model, log } = loaded;
    expect(model.capabilities).toMatchObject({ shift: true, rollBack: true, learnedSinks: name === 'gpt-oss' });
    console.log(name, measured(log));
    for (const difference of measured(log)) expect(difference).toBeLessThan(1e-4);
  },
);

test.each(['lfm2', 'qwen3next', 'mamba'] as const)('%s: its state is taken back to a mark', async (name) => {
  await using loaded = await load(await writeModel(name));
  const { model, log } = loaded;
  expect(model.sequence.needsMarks).toBe(true);
  expect(model.capabilities).toMatchObject({ shift: false, rollBack: true });
  expect(measured(log)).toEqual([0]);
});

test('rotary scaling that multiplies keys is found by the drift alone', async () => {
  for (const name of ['llama with YaRN', 'phi3'] as const) {
    await using loaded = await load(await writeModel(name), { ignoreGate: true });
    const { model, log } = loaded;
    console.log(name, measured(log));
    expect(model.capabilities).toMatchObject({ shift: false, rollBack: true });
    expect(Math.max(...measured(log))).toBeGreaterThan(1e-3);
  }
});

test('a shift that is wrong the same way every time is found too: layers without rotary positions', async () => {
  await using loaded = await load(await writeModel('smollm3'), { ignoreGate: true });
  const { model, log } = loaded;
  const [, moved] = measured(log);
  console.log('smollm3', measured(log));
  expect(model.capabilities.shift).toBe(false);
  expect(moved).toBeGreaterThan(0.1);
  expect(model.capabilities.reason).toContain('without rotary positions');
});

test('the probe leaves an empty cache, nothing counted, and is quick', async () => {
  await using loaded = await load(SINK_MODEL, { capacity: 1024 });
  const { model, log } = loaded;
  console.log(log.find((text) => text.startsWith('The cache after')));
  expect(measured(log)).toHaveLength(3);
  expect(model.sequence.length).toBe(0);
  expect(model.sequence.counters).toEqual({
    evaluated: 0,
    unasked: 0,
    generated: 0,
    moved: 0,
    prefillMs: 0,
    decodeMs: 0,
    shiftMs: 0,
  });
});

test('keys in 8 bits: allowed where they can be shifted, refused with the reason where that ends the process', async () => {
  const path = join(folder.path, 'long keys.gguf');
  await writeGguf(path, longKeys());
  await using loaded = await load(path, { keyType: 'q8_0' });
  const { model, log } = loaded;
  console.log('q8_0', measured(log));
  expect(model.capabilities).toMatchObject({ shift: true, rollBack: true });
  await expect(load(await writeModel('llama'), { keyType: 'q8_0' })).rejects.toMatchObject({
    code: 'settingInvalid',
    message: expect.stringContaining('64') as string,
  });
  for (const keyType of ['bf16', 'q4_0', 'other'])
    await expect(load(path, { keyType })).rejects.toMatchObject({
      code: 'settingInvalid',
      message: expect.stringMatching(/endless\.cache\.keyType.*"f16"/) as string,
    });
});

interface Said {
  readonly capabilities: { readonly shift: boolean; readonly rollBack: boolean; readonly reason?: string };
  readonly counters: { readonly evaluated: number };
  readonly held: number;
  readonly probed: boolean;
}

test('trying out that ends the process: the next start does without, the one after it tries once more, then no more', async () => {
  const path = await writeModel('qwen2vl');
  const notes = join(folder.path, 'capabilities');
  const start = (): Promise<Ended> =>
    runChild('loadModel', { path, folder: notes, ignoreGate: true } satisfies LoadParameters);
  const expectDeath = async (deaths: number): Promise<void> => {
    const ended = await start();
    expect(ended.signal).toBe('SIGABRT');
    expect(ended.output).toContain('n_pos_per_embd');
    expect(ended.said).toBeUndefined();
    const [note] = await readdir(notes);
    expect(JSON.parse(await readFile(join(notes, note!), 'utf8'))).toEqual({
      state: 'probing',
      stage: 'shift',
      rollBack: true,
      deaths,
    });
  };
  const expectDoneWithout = async (): Promise<void> => {
    const ended = await start();
    expect(ended).toMatchObject({ code: 0, signal: null });
    const { capabilities, probed, held, counters } = ended.said as Said;
    expect(capabilities).toMatchObject({ shift: false, rollBack: true });
    expect(capabilities.reason).toContain('M-RoPE');
    expect([probed, held, counters.evaluated]).toEqual([false, 0, 0]);
  };

  await expectDeath(0);
  await expectDoneWithout();
  await expectDeath(1);
  for (let again = 0; again < 3; again += 1) await expectDoneWithout();
});

test('an end in the middle of the probe that was not its doing: the start after the next finds what the model can do', async () => {
  const path = await writeModel('llama');
  const notes = join(folder.path, 'cut off');
  const parameters: LoadParameters = { path, folder: notes, ignoreGate: false };
  await runChild('loadModel', parameters);
  const [note] = await readdir(notes);
  // As a power cut leaves it.
  await writeFile(join(notes, note!), JSON.stringify({ state: 'probing', stage: 'shift', rollBack: true, deaths: 0 }));
  expect((await runChild('loadModel', parameters)).said).toMatchObject({
    probed: false,
    capabilities: { shift: false },
  });
  for (const probed of [true, false])
    expect((await runChild('loadModel', parameters)).said).toMatchObject({ probed, capabilities: { shift: true } });
});

test('a verdict is remembered for the model, and a damaged note is no verdict', async () => {
  const path = await writeModel('llama');
  const notes = join(folder.path, 'verdicts');
  const parameters: LoadParameters = { path, folder: notes, ignoreGate: false };
  expect((await runChild('loadModel', parameters)).said).toMatchObject({ probed: true, capabilities: { shift: true } });
  expect((await runChild('loadModel', parameters)).said).toMatchObject({
    probed: false,
    capabilities: { shift: true },
  });
  const [note] = await readdir(notes);
  await writeFile(join(notes, note!), '{"state":"prob');
  expect((await runChild('loadModel', parameters)).said).toMatchObject({ probed: true, capabilities: { shift: true } });
});

test('where nothing can be written, the probe runs all the same', async () => {
  const path = await writeModel('llama');
  const blocked = join(folder.path, 'a file');
  await writeFile(blocked, '');
  const parameters: LoadParameters = { path, folder: join(blocked, 'notes'), ignoreGate: false };
  expect(await runChild('loadModel', parameters)).toMatchObject({ code: 0, said: { capabilities: { shift: true } } });
});
