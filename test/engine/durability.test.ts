import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import * as protocol from '../../inference/protocol.js';
import type { EventView } from '../../inference/views.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { bundleEngine, startProcess } from './engineProcess.js';
import { recorder, startParams, temporaryFolder } from './fixture.js';

const never = new AbortController().signal;
let engineBundle: Awaited<ReturnType<typeof bundleEngine>>;

beforeAll(async () => {
  engineBundle = await bundleEngine();
});

afterAll(() => engineBundle[Symbol.asyncDispose]());

describe('SIGKILL while answering', () => {
  test('loses nothing that was shown; the next start marks the reply interrupted and goes on', async () => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path, { chat: { maxTokens: 1000, temperature: 1.2 } });
    let shown = '';
    let replyId = 0;
    {
      await using engine = startProcess(engineBundle.path);
      await engine.connection.sendRequest(protocol.start, params);
      await engine.connection.sendRequest(protocol.ask, { text: 'Who are you?' });
      await engine.connection.sendRequest(protocol.append, [
        { kind: 'edit', title: 'a.ts', text: 'a.ts\n+let a = 1;' },
      ]);
      const enough = new Promise<void>((resolve) => {
        engine.connection.onNotification(protocol.replyDelta, (delta) => {
          shown += delta.text;
          replyId = delta.replyId;
          if (shown.length > 12) resolve();
        });
      });
      engine.connection.sendRequest(protocol.ask, { text: 'What can you do?' }).catch(() => undefined);
      await enough;
      await engine.kill();
    }
    await using engine = startProcess(engineBundle.path);
    const { resumed } = await engine.connection.sendRequest(protocol.start, params);
    expect(resumed.interruptedReply).toBe(replyId);
    expect(resumed.events).toBe(5);
    expect(resumed.tokens).toBeGreaterThan(20);
    const { events } = await engine.connection.sendRequest(protocol.transcript, { limit: 10 });
    expect(events.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'message complete',
      'reply complete',
      'edit complete',
      'message complete',
      'reply interrupted',
    ]);
    // What the panel had been told is there, and perhaps a token more that was on its way.
    expect(events.at(-1)?.text.startsWith(shown)).toBe(true);
    const again = await engine.connection.sendRequest(protocol.ask, { text: 'Who are you?' });
    expect(again.text).toMatch(/\w/);
  });
});

describe('a new start on an old journal', () => {
  test('puts the newest events back into the window, whole, oldest first, and leaves room', async () => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path, { cache: { capacity: 512 } });
    let last: readonly EventView[];
    {
      await using engine = await Engine.start(params, recorder());
      engine.session.append(
        Array.from({ length: 60 }, (_, index) => ({
          kind: 'edit',
          title: `f${index}.ts`,
          text: `f${index}.ts\n-let value = ${index};\n+let value = ${index + 1};`,
        })),
      );
      engine.session.append([{ kind: 'memory', title: 'note', text: 'We call it retryBudget.' }]);
      await engine.session.ask('What did I change last?', never);
      last = engine.journal.page(3).events;
    }
    // Without the saved window, as after an update of llama.cpp.
    await rm(join(folder.path, 'checkpoints'), { recursive: true });
    await using engine = await Engine.start(params, recorder());
    expect(engine.started.resumed).toMatchObject({ from: 'journal', events: 63 });
    const view = engine.session.windowView();
    expect(view.spans.map((span) => span.kind).slice(0, 3)).toEqual(['sink', 'system', 'memory']);
    expect(view.spans.slice(-2).map((span) => span.eventId)).toEqual(last.slice(-2).map((event) => event.id));
    const ids = view.spans.slice(3).map((span) => span.eventId ?? 0);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(view.counters.evicted).toBe(0);
    expect(view.used).toBeLessThan(view.capacity - view.reserve);
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
  });

  test('brings nothing back from before a reset, except memories', async () => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path);
    {
      await using engine = await Engine.start(params, recorder());
      engine.session.append([{ kind: 'memory', title: 'note', text: 'We call it retryBudget.' }]);
      await engine.session.ask('Who are you?', never);
      await engine.session.reset();
      engine.session.append([{ kind: 'edit', title: 'a.ts', text: 'a.ts\n+let a = 1;' }]);
      await engine.session.whenIdle();
    }
    await using engine = await Engine.start(params, recorder());
    expect(engine.session.windowView().spans.map((span) => span.kind)).toEqual(['sink', 'system', 'memory', 'edit']);
    expect(engine.journal.count).toBe(5);
  });
});

describe('two windows of VS Code on one workspace', () => {
  test('the second reads, knows it, and writes as soon as the first is gone', async () => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path);
    await using owner = startProcess(engineBundle.path);
    await owner.connection.sendRequest(protocol.start, params);
    await owner.connection.sendRequest(protocol.ask, { text: 'Who are you?' });
    {
      const recorded = recorder();
      const free = new Promise<void>((resolve) => (recorded.handleFree = resolve));
      // As while the first one tries out what the model's cache allows: that is no trial that has ended a process.
      const notes = join(folder.path, 'capabilities');
      const [note] = await readdir(notes);
      const underWay = JSON.stringify({ state: 'probing', stage: 'shift', rollBack: true, deaths: 0 });
      await writeFile(join(notes, note!), underWay);
      await using reader = await Engine.start(params, recorded);
      expect(reader.started.model.readOnly).toBe(true);
      expect(await readdir(notes)).toEqual([note]);
      expect(await readFile(join(notes, note!), 'utf8')).toBe(underWay);
      expect(reader.journal.page(10).events).toHaveLength(2);
      await expect(reader.session.ask('Who are you?', never)).rejects.toMatchObject({ code: 'sessionInUse' });
      expect(reader.journal.page(10).events).toHaveLength(2);
      await owner.kill();
      // The reader is told, and makes way.
      await free;
    }
    await using next = await Engine.start(params, recorder());
    expect(next.started.model.readOnly).toBeUndefined();
    await next.session.ask('Who are you?', never);
    expect(next.journal.page(10).events).toHaveLength(4);
  });
});
