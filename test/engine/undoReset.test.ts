import { rm, truncate } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, temporaryFolder, VANILLA_MODEL } from './fixture.js';
import { copyFolder, edit, live, never, params, shape, states, warnings } from './livedSession.js';

describe('Undo Reset', () => {
  test('brings back the window as it was, and what came since', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    const before = shape(engine) as unknown[];
    await engine.session.reset();
    engine.session.append([edit(300)]);
    await engine.session.undoReset();
    const after = shape(engine) as unknown[];
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({ kind: 'edit', title: 'src/f300.ts' });
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
    expect(engine.journal.page(3).events.map((event) => event.kind)).toEqual(['reset', 'edit', 'undoReset']);
  });

  test('counts at the next start as well', async () => {
    await using folder = await temporaryFolder();
    let before: unknown;
    {
      await using engine = await Engine.start(params(folder.path), recorder());
      await live(engine);
      await engine.session.reset();
      await engine.session.undoReset();
      before = shape(engine);
    }
    await using engine = await Engine.start(params(folder.path), recorder());
    expect(shape(engine)).toEqual(before);
  });

  test('counts after a crash as well, also when the emptied window had been saved in between', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    await engine.session.reset();
    await engine.session.checkpoint();
    await engine.session.undoReset();
    await using copy = await temporaryFolder();
    await copyFolder(folder.path, copy.path);
    await using resumed = await Engine.start(params(copy.path), recorder());
    expect(resumed.started.resumed.from).toBe('checkpoint');
    expect(shape(resumed)).toEqual(shape(engine));
  });

  test.each([
    ['is damaged', (state: string) => truncate(state, 5000)],
    ['is gone', (state: string) => rm(state.replace(/kv$/, 'json'))],
  ])('makes the window anew when the saved one %s', async (_, damage) => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    await engine.session.reset();
    engine.session.append([edit(300)]);
    await engine.session.whenIdle();
    for (const state of await states(folder.path)) if (state.endsWith('-reset.kv')) await damage(state);
    await engine.session.undoReset();
    const { spans } = engine.session.windowView();
    expect(spans.filter(({ kind }) => kind === 'sink')).toHaveLength(1);
    expect(spans.filter(({ kind }) => kind === 'system')).toHaveLength(1);
    const ids = spans.flatMap(({ eventId }) => eventId ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    expect(spans.map(({ title }) => title)).toContain('src/f100.ts');
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
  });

  test('never gives llama.cpp the window of another model', async () => {
    await using folder = await temporaryFolder();
    {
      await using engine = await Engine.start(params(folder.path), recorder());
      await live(engine);
      await engine.session.reset();
    }
    const recorded = recorder();
    await using engine = await Engine.start(params(folder.path, VANILLA_MODEL), recorded);
    await engine.session.undoReset();
    expect(warnings(recorded)).toMatch(/another model/);
    expect(engine.session.windowView().spans.map(({ title }) => title)).toContain('src/f100.ts');
  });

  test.each([
    ['from the saved window', () => Promise.resolve()],
    ['anew, from the journal', (state: string) => rm(state.replace(/kv$/, 'json'))],
  ])('what comes while it is undone is in the window once: %s', async (_, damage) => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await live(engine);
    await engine.session.reset();
    for (const state of await states(folder.path)) if (state.endsWith('-reset.kv')) await damage(state);
    const undone = engine.session.undoReset();
    // The session now reads files: what comes is journaled before it asks the journal what came since.
    await setImmediate();
    engine.session.append([edit(300), { kind: 'memory', title: 'note', text: 'the port is 8080' }]);
    const asked = engine.session.ask('Who are you?', never);
    await undone;
    const { message } = await asked;
    await engine.session.whenIdle();
    const { spans } = engine.session.windowView();
    const ids = spans.flatMap(({ eventId }) => eventId ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    expect(spans.map(({ title }) => title)).toEqual(expect.arrayContaining(['src/f100.ts', 'src/f300.ts', 'note']));
    expect(ids).toContain(message.id);
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
  });

  test('says so when there is nothing to undo', async () => {
    await using folder = await temporaryFolder();
    await using engine = await Engine.start(params(folder.path), recorder());
    await expect(engine.session.undoReset()).rejects.toMatchObject({ code: 'nothingToUndo' });
    await engine.session.ask('Who are you?', never);
    await engine.session.reset();
    await engine.session.undoReset();
    await expect(engine.session.undoReset()).rejects.toMatchObject({ code: 'nothingToUndo' });
  });
});
