import { copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import { divergence, type NextTokens } from '../../inference/llama/nextTokens.js';
import type { StartParams } from '../../inference/protocol.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, startParams, temporaryFolder, VANILLA_MODEL } from './fixture.js';
import { copyFolder, edit, live, livedSession, never, params, shape, states, warnings } from './livedSession.js';

describe('a restart', () => {
  test('brings back the very same window: the next-token distribution is equal, and only the text since is evaluated', async () => {
    await using folder = await temporaryFolder();
    const before = await livedSession(folder.path);
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(engine.started.resumed.from).toBe('checkpoint');
    expect(shape(engine)).toEqual(before.spans);
    expect(divergence(before.next, await engine.session.predict())).toBeLessThan(1e-6);
    // One token to verify the state, one to predict: not a window's worth.
    expect(engine.session.windowView().counters.evaluated).toBeLessThanOrEqual(2);
    expect(before.evaluated).toBeGreaterThan(100);
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
    expect((await engine.session.ask('Who are you?', never)).stopped).toBe('end');
  });

  test('rebuilding from the text would not have given that window back', async () => {
    await using folder = await temporaryFolder();
    const before = await livedSession(folder.path);
    for (const state of await states(folder.path)) await truncate(state, 1000);
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(engine.started.resumed.from).toBe('journal');
    expect(divergence(before.next, await engine.session.predict())).toBeGreaterThan(1e-6);
  });

  test('takes in what the journal has and the saved window has not', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    await engine.session.checkpoint();
    engine.session.append([edit(200)]);
    await engine.session.ask('Who are you?', never);
    const after = shape(engine) as { readonly eventId?: number }[];
    // A second engine on a copy of the folder: as if this process had been killed here.
    await using copy = await temporaryFolder();
    await copyFolder(folder.path, copy.path);
    await using resumed = await Engine.start(params(copy.path), recorder());
    expect(resumed.started.resumed.from).toBe('checkpoint');
    const resumedIds = (shape(resumed) as typeof after).map(({ eventId }) => eventId);
    expect(resumedIds.slice(-5)).toEqual(after.map(({ eventId }) => eventId).slice(-5));
    const { window, held } = resumed.session.inspect();
    checkInvariants(window, held);
  });

  test('whole old events leave first after it as before', async () => {
    await using folder = await temporaryFolder();
    const held = (engine: Engine): number[] =>
      engine.session.windowView().spans.flatMap(({ eventId }) => eventId ?? []);
    {
      await using engine = await Engine.start(params(folder.path), recorder());
      // Until half as many have left as are here: then the spans' numbers of before and after the restart overlap.
      for (let index = 0; index === 0 || engine.journal.lastId < held(engine).length * 1.5; index += 1) {
        engine.session.append([edit(index)]);
        await engine.session.whenIdle();
      }
    }
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(engine.started.resumed.from).toBe('checkpoint');
    const restored = held(engine).length;
    expect(restored).toBeGreaterThan(5);
    for (let index = 0; index < 2 * restored; index += 1) {
      engine.session.append([edit(100 + index)]);
      await engine.session.whenIdle();
      const ids = held(engine);
      expect(ids).toEqual(Array.from(ids, (_, at) => engine.journal.lastId - ids.length + 1 + at));
    }
  });

  test('with other sinks or another policy makes the window anew', async () => {
    await using folder = await temporaryFolder();
    await livedSession(folder.path);
    const cache = { capacity: 512 };
    const heads: [Partial<StartParams['cache']>, number, number][] = [
      [{ policy: 'window' }, 0, 0],
      [{}, 1, 1],
      [{ sinks: 2 }, 2, 1],
    ];
    for (const [other, sinks, pinned] of heads) {
      await using engine = await Engine.start(startParams(folder.path, { cache: { ...cache, ...other } }), recorder());
      expect(engine.started.resumed.from).toBe('journal');
      const { spans } = engine.session.windowView();
      expect(spans.filter(({ kind }) => kind === 'sink').reduce((sum, span) => sum + span.length, 0)).toBe(sinks);
      expect(spans.filter((span) => span.kind === 'system' && span.pinned)).toHaveLength(pinned);
    }
    await using again = await Engine.start(startParams(folder.path, { cache: { ...cache, sinks: 2 } }), recorder());
    expect(again.started.resumed.from).toBe('checkpoint');
  });

  test('long after the window was saved evaluates no more than a window holds', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    await engine.session.checkpoint();
    engine.session.append(Array.from({ length: 60 }, (_, index) => edit(200 + index)));
    await engine.session.whenIdle();
    await using copy = await temporaryFolder();
    await copyFolder(folder.path, copy.path);
    await using resumed = await Engine.start(params(copy.path), recorder());
    expect(resumed.started.resumed.from).toBe('journal');
    expect(resumed.session.windowView().counters.evaluated).toBeLessThan(512);
    expect(resumed.session.windowView().spans.at(-1)?.title).toBe('src/f259.ts');
  });

  test('takes in what was recalled but had not been read yet', async () => {
    await using folder = await temporaryFolder();
    {
      await using engine = await Engine.start(params(folder.path), recorder());
      await live(engine);
      const [first] = engine.journal.page(1, 2).events;
      // It waits behind the answer, and the session ends.
      const waiting = [engine.session.ask('What can you do?', never), engine.session.recall(first?.id ?? 0)];
      await Promise.allSettled([...waiting, engine[Symbol.asyncDispose]()]);
    }
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(engine.session.windowView().spans.map(({ kind }) => kind)).toContain('recall');
  });

  test('a checkpoint right after an eviction is right: the pending shift is settled first', async () => {
    await using folder = await temporaryFolder();
    let next: NextTokens;
    {
      await using engine = await Engine.start(params(folder.path), recorder());
      for (let index = 0; engine.session.windowView().counters.evictions < 3; index += 1) {
        engine.session.append([edit(index)]);
        await engine.session.whenIdle();
      }
      await engine.session.checkpoint();
      next = await engine.session.predict();
    }
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(engine.started.resumed.from).toBe('checkpoint');
    expect(divergence(next, await engine.session.predict())).toBeLessThan(1e-6);
  });
});

describe('a state file that is no good', () => {
  test.each([
    ['truncated', (path: string) => truncate(path, 5000)],
    ['empty', (path: string) => truncate(path, 0)],
    ['of another program', (path: string) => writeFile(path, 'not a state at all')],
    [
      'damaged in the middle',
      async (path: string) => {
        const bytes = await readFile(path);
        bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 20_000);
        await writeFile(path, bytes);
      },
    ],
  ])('%s: the window comes from the journal, and the log says so', async (_, damage) => {
    await using folder = await temporaryFolder();
    await livedSession(folder.path);
    for (const state of await states(folder.path)) await damage(state);
    const recorded = recorder();
    await using engine = await Engine.start(params(folder.path), recorded);
    expect(engine.started.resumed.from).toBe('journal');
    expect(warnings(recorded)).toMatch(/saved window is not used/);
    expect(engine.session.windowView().spans.at(-1)?.title).toBe('src/f100.ts');
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
    expect((await engine.session.ask('Who are you?', never)).stopped).toBe('end');
  });

  test('of another model: it is never given to llama.cpp', async () => {
    await using folder = await temporaryFolder();
    await livedSession(folder.path);
    const recorded = recorder();
    await using engine = await Engine.start(params(folder.path, VANILLA_MODEL), recorded);
    expect(engine.started.resumed.from).toBe('journal');
    expect(warnings(recorded)).toMatch(/another model/);
    expect(engine.journal.count).toBe(43);
  });

  test('that ended the process: the next start leaves it alone', async () => {
    await using folder = await temporaryFolder();
    await livedSession(folder.path);
    // What a process leaves behind that dies while llama.cpp reads the state.
    const checkpoints = join(folder.path, 'checkpoints');
    for (const file of await readdir(checkpoints))
      if (file.endsWith('.json')) await copyFile(join(checkpoints, file), join(checkpoints, `${file}.loading`));
    const recorded = recorder();
    await using engine = await Engine.start(params(folder.path), recorded);
    expect(engine.started.resumed.from).toBe('journal');
    expect(warnings(recorded)).toMatch(/ended the engine/);
    expect(await states(folder.path)).toEqual([]);
  });
});

describe('checkpoints on disk', () => {
  test('the last two are kept', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    for (let index = 0; index < 4; index += 1) {
      engine.session.append([edit(index)]);
      await engine.session.checkpoint();
    }
    expect(await states(folder.path)).toHaveLength(2);
  });

  test('nothing is written when nothing changed', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    engine.session.append([edit(1)]);
    await engine.session.checkpoint();
    const first = await states(folder.path);
    await engine.session.checkpoint();
    expect(await states(folder.path)).toEqual(first);
  });
});

test('a window that came back without any event says that the model sees none of them', async () => {
  await using folder = await temporaryFolder();
  const params = startParams(folder.path, { cache: { capacity: 256 } });
  {
    await using engine = await Engine.start(params, recorder());
    engine.session.append([{ kind: 'edit', title: 'a.ts', text: 'let value = 1;\n'.repeat(100) }]);
    await engine.session.whenIdle();
  }
  await rm(join(folder.path, 'checkpoints'), { recursive: true });
  await using engine = await Engine.start(params, recorder());
  const { spans, horizon } = engine.session.windowView();
  expect(spans.filter(({ eventId }) => eventId !== undefined)).toEqual([]);
  expect(horizon).toBeGreaterThan(engine.journal.lastId);
  const { message } = await engine.session.ask('Who are you?', new AbortController().signal);
  expect(engine.session.windowView().horizon).toBe(message.id);
});
