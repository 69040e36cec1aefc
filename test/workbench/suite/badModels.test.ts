import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ErrorCode } from '../../../inference/views.js';
import { inWorkspace, journal, next, nextState, readySession, set } from './session.js';

suite('bad models and settings', () => {
  const builtIn = (): string => {
    const extension = vscode.extensions.getExtension('endless.endless');
    assert.ok(extension);
    return path.join(extension.extensionPath, 'models', 'endless-sink.gguf');
  };

  async function write(name: string, content: Uint8Array | string): Promise<string> {
    const file = inWorkspace(name).fsPath;
    await writeFile(file, content);
    return file;
  }

  /** Sets the model and waits for the engine to say no; then takes the way on that the message offers. */
  async function refused(name: string, value: unknown, code: ErrorCode, message: RegExp): Promise<void> {
    const api = await readySession();
    const before = await journal(api);
    const failed = nextState(api, 'failed');
    await set(name, value);
    const { error } = await failed;
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.notEqual(error.remedies.length, 0);
    assert.equal(await api.conversation.ask('Anyone?'), undefined);

    const started = next(api.engine.onDidStart);
    if (name === 'model.path') await vscode.commands.executeCommand('endless.useBuiltInModel');
    else await set(name, undefined);
    await started;
    assert.deepEqual(await journal(api), before, 'nothing that was said is lost');
  }

  teardown(async () => {
    for (const name of ['model.path', 'cache.capacity']) await set(name, undefined);
  });

  test('a model that does not exist', () =>
    refused('model.path', '/nowhere/model.gguf', 'modelNotFound', /\/nowhere\/model\.gguf/));

  test('a file that is no GGUF', async () =>
    refused('model.path', await write('notes.gguf', 'not a model\n'.repeat(1_000)), 'modelNotGguf', /notes\.gguf/));

  test('an empty file', async () =>
    refused('model.path', await write('empty.gguf', ''), 'modelNotGguf', /empty\.gguf/));

  test('a GGUF that was cut off', async () => {
    const whole = await readFile(builtIn());
    await refused(
      'model.path',
      await write('half.gguf', whole.subarray(0, whole.length / 2)),
      'modelTruncated',
      /half\.gguf/,
    );
  });

  test('a GGUF that was cut off in its header', async () => {
    const whole = await readFile(builtIn());
    await refused('model.path', await write('head.gguf', whole.subarray(0, 1_000)), 'modelTruncated', /head\.gguf/);
  });

  test('a folder', () => refused('model.path', inWorkspace('src').fsPath, 'modelNotGguf', /src/));

  test('a setting that cannot be used is named', () =>
    refused('cache.capacity', 10, 'settingInvalid', /endless\.cache\.capacity.*128/));
});
