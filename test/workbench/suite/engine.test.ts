import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { journal, next, nextState, readySession, set } from './session.js';

suite('engine', () => {
  teardown(() => set('chat.maxTokens', undefined));

  test('the built-in model is ready, with its sink token', async () => {
    const { engine } = await readySession();
    assert.equal(engine.state.phase, 'ready');
    const { model } = engine.state;
    assert.equal(model.builtIn, true);
    assert.equal(model.sinkMode, 'trained');
    assert.equal(model.fim, true);
    assert.ok(model.trainedContext > 0);
  });

  test('a question gets an answer, which streams and is journaled', async () => {
    const api = await readySession();
    let streamed = '';
    const listener = api.engine.onDidWriteReply(({ text }) => (streamed += text));
    const result = await api.conversation.ask('What is a function?');
    listener.dispose();
    assert.ok(result, 'the question was asked');
    assert.notEqual(result.text.trim(), '');
    assert.equal(streamed, result.text);
    const [message, reply] = (await journal(api)).slice(-2);
    assert.deepEqual([message?.kind, message?.text], ['message', 'What is a function?']);
    assert.deepEqual([reply?.kind, reply?.state, reply?.text], ['reply', 'complete', result.text]);
  });

  test('stop ends an answer in the middle and keeps what was written', async () => {
    const api = await readySession();
    const answering = nextState(api, 'answering');
    const asked = api.conversation.ask('Tell me everything about gardens.');
    const { replyId } = await answering;
    await vscode.commands.executeCommand('endless.stop');
    assert.equal((await asked)?.stopped, 'cancelled');
    assert.equal(api.engine.state.phase, 'ready');
    const reply = (await journal(api, 'reply')).at(-1);
    assert.deepEqual([reply?.id, reply?.state], [replyId, 'interrupted']);
  });

  test('an engine that is killed while answering comes back with the whole transcript', async () => {
    const api = await readySession();
    const before = await journal(api);
    const answering = nextState(api, 'answering');
    const asked = api.conversation.ask('Will this survive?');
    await answering;
    const { pid } = api.engine;
    assert.ok(pid);
    const restarting = nextState(api, 'restarting');
    process.kill(pid, 'SIGKILL');
    const { error, attempt } = await restarting;
    assert.deepEqual([error.code, attempt], ['engineCrashed', 1]);
    assert.match(error.message, /SIGKILL.*restarted.*nothing that was said is lost/i);
    assert.equal(await asked, undefined);

    const started = await next(api.engine.onDidStart);
    assert.notEqual(api.engine.pid, pid);
    const after = await journal(api);
    assert.deepEqual(after.slice(0, before.length), before);
    const [message, reply] = after.slice(-2);
    assert.deepEqual([message?.kind, message?.text], ['message', 'Will this survive?']);
    assert.deepEqual([reply?.kind, reply?.state], ['reply', 'interrupted']);
    assert.equal(started.resumed.interruptedReply, reply?.id);
    assert.ok((await api.conversation.ask('And now?'))?.text, 'the next question is answered');
  });

  test('a changed setting restarts the engine with it, and the session goes on', async () => {
    const api = await readySession();
    const before = await journal(api);
    const started = next(api.engine.onDidStart);
    await set('chat.maxTokens', 3);
    await started;
    assert.deepEqual(await journal(api), before);
    assert.equal((await api.conversation.ask('Say much.'))?.stopped, 'length');
  });
});
