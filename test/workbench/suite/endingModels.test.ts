import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../../extension/testApi.js';
import { windowNow } from '../../../inference/protocol.js';
import type { EngineState } from '../../../inference/views.js';
import { longKeys, tinyModel } from '../../engine/gguf/architectures.js';
import { ENDING_MODELS } from '../../engine/gguf/endingModels.js';
import { writeGguf } from '../../engine/gguf/writer.js';
import { inWorkspace, journal, next, readySession, set } from './session.js';

/** llama.cpp aborts where other libraries throw. What the extension makes of it, with nobody there to help. */
suite('models that llama.cpp does not bear', () => {
  /** llama.cpp keeps no rotation for 8-bit keys when this is set, and looks for one at the first shift. */
  const NO_ROTATION = 'LLAMA_ATTN_ROT_DISABLE';

  interface Watched {
    readonly phases: EngineState['phase'][];
    readonly notices: string[];
    readonly settled: Promise<EngineState>;
  }

  /** What the engine goes through until it is ready or has failed. */
  function watch({ engine }: TestApi): Watched {
    const phases: EngineState['phase'][] = [];
    const notices: string[] = [];
    const listener = engine.onDidNotice((message) => notices.push(message));
    const settled = next(engine.onDidChangeState, (state) => {
      phases.push(state.phase);
      return state.phase === 'ready' || state.phase === 'failed';
    });
    return { phases, notices, settled: settled.finally(() => listener.dispose()) };
  }

  const deaths = ({ phases }: Watched): number => phases.filter((phase) => phase === 'restarting').length;

  /** Changes a setting, and waits for the engine that has it. */
  async function restart({ engine }: TestApi, name: string, value: unknown): Promise<void> {
    const started = next(engine.onDidStart);
    await set(name, value);
    await started;
  }

  teardown(async () => {
    process.env[NO_ROTATION] = '0';
    for (const name of ['cache.keyType', 'model.path']) await set(name, undefined);
  });

  for (const { when, spec } of ENDING_MODELS)
    test(`one that ends the engine ${when} is given up by itself, and the built-in model is a click away`, async () => {
      const api = await readySession();
      const before = await journal(api);
      const file = inWorkspace(`ends ${when}.gguf`).fsPath;
      await writeGguf(file, spec());
      const watched = watch(api);
      await set('model.path', file);
      const state = await watched.settled;
      assert.equal(deaths(watched), 2);
      assert.ok(state.phase === 'failed');
      assert.equal(state.error.code, 'modelLoadFailed');
      assert.ok(state.error.message.includes(file));
      assert.match(state.error.message, /ended the engine 2 times/);
      assert.ok(state.error.remedies.includes('useBuiltInModel'));

      const started = next(api.engine.onDidStart);
      await vscode.commands.executeCommand('endless.useBuiltInModel');
      assert.equal((await started).model.builtIn, true);
      assert.deepEqual(await journal(api), before, 'nothing that was said is lost');
    });

  test('one that ends the engine when its cache is tried out runs with the slower policy, and says so', async () => {
    const api = await readySession();
    const file = inWorkspace('coarse.gguf').fsPath;
    await writeGguf(file, longKeys());
    process.env[NO_ROTATION] = '1';
    await restart(api, 'model.path', file);

    const watched = watch(api);
    await set('cache.keyType', 'q8_0');
    const state = await watched.settled;
    assert.ok(state.phase === 'ready');
    assert.equal(deaths(watched), 1);
    assert.match(state.model.policyReason ?? '', /"recompute".*ended the engine process/);
    assert.match(watched.notices.join('\n'), /ended the engine process.*"Endless: Choose Model" offers another one\./);
    assert.ok(await api.conversation.ask('Do you answer all the same?'));
    await restart(api, 'cache.keyType', undefined);
    await restart(api, 'model.path', undefined);
  });

  test('one whose cache cannot be shifted starts with the slower policy at once, and says so', async () => {
    const api = await readySession();
    const file = inWorkspace('several positions.gguf').fsPath;
    await writeGguf(file, tinyModel('qwen2vl'));
    const watched = watch(api);
    await set('model.path', file);
    const state = await watched.settled;
    assert.ok(state.phase === 'ready');
    assert.equal(deaths(watched), 0);
    assert.match(state.model.policyReason ?? '', /"recompute".*M-RoPE/);
    assert.match(watched.notices.join('\n'), /M-RoPE.*"Endless: Choose Model" offers another one\./);
    assert.equal((await api.engine.request(windowNow)).policy, 'recompute');
    assert.ok(await api.conversation.ask('What is this?'));
    await restart(api, 'model.path', undefined);
  });
});
