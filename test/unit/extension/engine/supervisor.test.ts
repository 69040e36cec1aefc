import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { afterEach, describe, expect, test } from 'vitest';
import { ask, windowNow } from '../../../../inference/protocol.js';
import { EngineError } from '../../../../extension/engine/engineError.js';
import { nullLog } from '../../../../extension/base/log.js';
import { FakeEngine } from './fakeEngine.js';

const engines: FakeEngine[] = [];
function fake(...args: ConstructorParameters<typeof FakeEngine>): FakeEngine {
  const engine = new FakeEngine(...args);
  engines.push(engine);
  return engine;
}

afterEach(() => {
  for (const { supervisor } of engines.splice(0)) supervisor.dispose();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

describe('Supervisor', () => {
  test('starts the engine and tells its progress', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    expect(engine.states.map((state) => (state.phase === 'starting' ? state.detail : state.phase))).toEqual([
      'starting',
      'Loading fake',
      'ready',
    ]);
    expect([engine.supervisor.ready, engine.supervisor.writable]).toEqual([true, true]);
  });

  test('an engine that may only read is ready, and takes nothing in', async () => {
    const engine = fake();
    expect(engine.supervisor.writable).toBe(false);
    engine.scenario = 'reader';
    await engine.supervisor.restart();
    expect([engine.supervisor.ready, engine.supervisor.writable]).toEqual([true, false]);
  });

  test('answers a request, and is answering while the reply is written', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    const deltas: string[] = [];
    engine.supervisor.onDidWriteReply(({ text }) => deltas.push(text));
    const result = await engine.supervisor.request(ask, { text: 'hello' });
    expect(result).toMatchObject({ text: 'half done', stopped: 'end' });
    expect(deltas).toEqual(['half']);
    expect(engine.states.slice(-2)).toMatchObject([{ phase: 'answering', replyId: 2 }, { phase: 'ready' }]);
  });

  test('passes a cancellation on', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    const stop = new CancellationTokenSource();
    const answering = engine.reaches('answering');
    const asked = engine.supervisor.request(ask, { text: 'hang' }, stop.token);
    await answering;
    stop.cancel();
    expect((await asked).stopped).toBe('cancelled');
  });

  test('a SIGKILL while answering rejects the request, says what happened, and the next engine works', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    const answering = engine.reaches('answering');
    const asked = engine.supervisor.request(ask, { text: 'die' });
    const rejected = expect(asked).rejects.toMatchObject({
      userError: { code: 'engineCrashed', message: 'crashed SIGKILL' },
    });
    await answering;
    const restarting = engine.reaches('restarting');
    process.kill(engine.supervisor.pid!, 'SIGKILL');
    await rejected;
    expect(await restarting).toMatchObject({ attempt: 1, error: { code: 'engineCrashed' } });
    await engine.supervisor.whenReady();
    expect((await engine.supervisor.request(ask, { text: 'again' })).text).toBe('half done');
    expect(engine.starts).toBe(2);
  });

  test('gives up after five restarts in a row, and a retry starts from nothing', async () => {
    const engine = fake();
    engine.scenario = 'crash';
    const failed = engine.reaches('failed');
    void engine.supervisor.restart();
    expect(await failed).toMatchObject({ error: { code: 'engineGaveUp', message: 'gave up 7 6' } });
    expect(engine.starts).toBe(6);
    await expect(engine.supervisor.whenReady()).rejects.toBeInstanceOf(EngineError);
    engine.scenario = 'good';
    await engine.supervisor.restart();
    expect(engine.supervisor.state.phase).toBe('ready');
  }, 20_000);

  test('a refused start is no crash: the reason is shown and the process ended', async () => {
    const engine = fake();
    engine.scenario = 'refuse';
    await engine.supervisor.restart();
    expect(engine.supervisor.state).toEqual({
      phase: 'failed',
      error: { code: 'modelNotFound', message: 'There is no model.', remedies: ['chooseModel'] },
    });
    expect(engine.starts).toBe(1);
    expect(engine.supervisor.pid).toBeUndefined();
  });

  test('a request without an engine is rejected with the reason', async () => {
    const engine = fake();
    await expect(engine.supervisor.request(windowNow)).rejects.toThrow('not running');
    engine.scenario = 'refuse';
    await engine.supervisor.restart();
    await expect(engine.supervisor.request(windowNow)).rejects.toThrow('There is no model.');
  });

  test('keeps what the engine says of its errors, and names a bug as one', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    await expect(engine.supervisor.request(ask, { text: 'full' })).rejects.toMatchObject({
      userError: { code: 'windowFull' },
    });
    await expect(engine.supervisor.request(ask, { text: 'bug' })).rejects.toMatchObject({
      userError: { code: 'internal' },
    });
    expect(engine.supervisor.ready).toBe(true);
  });

  test('ends the process in order, and kills one that does not end', async () => {
    const engine = fake();
    for (const scenario of ['good', 'stubborn']) {
      engine.scenario = scenario;
      await engine.supervisor.restart();
      const pid = engine.supervisor.pid!;
      expect(isAlive(pid)).toBe(true);
      await engine.supervisor.stop();
      await expect.poll(() => isAlive(pid)).toBe(false);
    }
    expect(engine.states.some(({ phase }) => phase === 'restarting')).toBe(false);
  }, 20_000);

  test('restarts that overlap leave one engine', async () => {
    const engine = fake();
    await Promise.all([engine.supervisor.restart(), engine.supervisor.restart(), engine.supervisor.restart()]);
    expect(engine.supervisor.state.phase).toBe('ready');
    expect((await engine.supervisor.request(ask, { text: 'hello' })).stopped).toBe('end');
  });

  test('a restart does not wait for an engine that hangs while it loads', async () => {
    const engine = fake();
    engine.scenario = 'hang';
    const hanging = engine.supervisor.restart();
    engine.scenario = 'good';
    await engine.supervisor.restart();
    await hanging;
    expect(engine.supervisor.state.phase).toBe('ready');
  });

  test('a stop while it loads leaves no engine', async () => {
    const engine = fake();
    engine.scenario = 'hang';
    const starting = engine.supervisor.restart();
    await expect.poll(() => engine.supervisor.pid).toBeDefined();
    const pid = engine.supervisor.pid!;
    await engine.supervisor.stop();
    await starting;
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(engine.starts).toBe(1);
  });

  test('what llama.cpp prints goes to the log', async () => {
    const lines: string[] = [];
    const engine = fake({ ...nullLog, warn: (line) => lines.push(line) });
    await engine.supervisor.restart();
    await expect.poll(() => lines).toContain('engine: llama.cpp says hello');
  });

  test('disposal kills the engine and starts no other', async () => {
    const engine = fake();
    await engine.supervisor.restart();
    const pid = engine.supervisor.pid!;
    engine.supervisor.dispose();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(engine.starts).toBe(1);
  });
});
