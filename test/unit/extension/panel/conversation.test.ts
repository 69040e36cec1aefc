import { describe, expect, test } from 'vitest';
import type { AskResult } from '../../../../inference/protocol.js';
import { Emitter } from 'vscode-jsonrpc/node';
import type { EventView } from '../../../../inference/views.js';
import { nullLog } from '../../../../extension/base/log.js';
import { EngineError, RequestCancelledError } from '../../../../extension/engine/engineError.js';
import { Conversation, type ConversationOptions } from '../../../../extension/panel/conversation.js';

const begun: EventView = { id: 2, kind: 'reply', title: '', text: '', at: 0, state: 'streaming' };
const answer: AskResult = { messageId: 1, replyId: 2, text: 'yes', stopped: 'end' };

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function conversation(options: Partial<ConversationOptions> = {}) {
  const calls: string[] = [];
  const talk = new Conversation({
    ask: (text) => {
      calls.push(`ask ${text}`);
      return Promise.resolve(answer);
    },
    isReady: () => true,
    isComing: () => true,
    whenReady: () => Promise.resolve(),
    settleEdits: () => {
      calls.push('settle');
      return Promise.resolve();
    },
    onDidAddEvent: () => ({ dispose: () => undefined }),
    tell: (message) => calls.push(`tell ${message}`),
    refuse: (message) => calls.push(`refuse ${message}`),
    texts: { waiting: () => 'waiting', takenBack: () => 'taken back', notAsked: (reason) => `not asked: ${reason}` },
    log: nullLog,
    ...options,
  });
  return { talk, calls };
}

describe('Conversation', () => {
  test('settles the edits before it asks', async () => {
    const { talk, calls } = conversation();
    expect(await talk.ask('what did I change?')).toBe(answer);
    expect(calls).toEqual(['settle', 'ask what did I change?']);
  });

  test('asks nothing when there is nothing to ask', async () => {
    const { talk, calls } = conversation();
    expect(await talk.ask(' \n')).toBeUndefined();
    expect(calls).toEqual([]);
  });

  test('waits for an engine that is on its way, and asks the same question once', async () => {
    const ready = deferred();
    const { talk, calls } = conversation({ isReady: () => false, whenReady: () => ready.promise });
    const asked = [talk.ask('hello'), talk.ask('hello')];
    expect(calls).toEqual(['tell waiting']);
    ready.resolve();
    expect(await Promise.all(asked)).toEqual([answer, undefined]);
    expect(calls).toEqual(['tell waiting', 'settle', 'ask hello']);
  });

  test('says why it was not asked when the engine will not come', async () => {
    const error = new EngineError({ code: 'modelNotFound', message: 'no model', remedies: [] });
    const { talk, calls } = conversation({
      isReady: () => false,
      isComing: () => false,
      whenReady: () => Promise.reject(error),
    });
    expect(await talk.ask('hello')).toBeUndefined();
    expect(calls).toEqual(['refuse not asked: no model']);
  });

  test('a question that waits can be taken back', async () => {
    const ready = deferred();
    const { talk, calls } = conversation({ isReady: () => false, whenReady: () => ready.promise });
    const asked = talk.ask('hello');
    talk.stop();
    // At once, not when the engine is there: the panel would show the question as on its way until then.
    expect(await asked).toBeUndefined();
    expect(calls).toEqual(['tell waiting', 'refuse taken back']);
    ready.resolve();
  });

  test('stop cancels the answer that is being written', async () => {
    const { talk } = conversation({
      ask: (_, token) =>
        new Promise((resolve) => token.onCancellationRequested(() => resolve({ ...answer, stopped: 'cancelled' }))),
    });
    const asked = talk.ask('hello');
    await Promise.resolve();
    talk.stop();
    // A second stop finds nothing.
    talk.stop();
    expect((await asked)?.stopped).toBe('cancelled');
  });

  test('a cancelled request is not told as an error', async () => {
    const { talk, calls } = conversation({ ask: () => Promise.reject(new RequestCancelledError()) });
    expect(await talk.ask('hello')).toBeUndefined();
    expect(calls).toEqual(['settle']);
  });

  test('an answer that the death of the engine cuts off says so itself; a question without one is told', async () => {
    const events = new Emitter<EventView>();
    const dying = deferred();
    let ready = true;
    const died = new EngineError({ code: 'engineCrashed', message: 'it died', remedies: [] });
    const { talk, calls } = conversation({
      onDidAddEvent: events.event,
      isReady: () => ready,
      ask: () => dying.promise.then(() => Promise.reject(died)),
    });
    const asked = [talk.ask('first'), talk.ask('second')];
    await new Promise(setImmediate);
    events.fire(begun);
    ready = false;
    dying.resolve();
    expect(await Promise.all(asked)).toEqual([undefined, undefined]);
    expect(calls.filter((call) => call.startsWith('refuse'))).toEqual(['refuse not asked: it died']);
  });

  test('an answer that fails while the engine lives is told', async () => {
    const events = new Emitter<EventView>();
    const full = new EngineError({ code: 'internal', message: 'the disk is full', remedies: [] });
    const { talk, calls } = conversation({
      onDidAddEvent: events.event,
      ask: () => {
        events.fire(begun);
        return Promise.reject(full);
      },
    });
    await talk.ask('first');
    expect(calls).toContain('refuse not asked: the disk is full');
  });

  test('a question is being read from when the engine has it until its answer begins, or ends without one', async () => {
    const events = new Emitter<EventView>();
    const answering = deferred();
    const { talk } = conversation({
      onDidAddEvent: events.event,
      ask: () => answering.promise.then(() => answer),
    });
    expect(talk.isReading).toBe(false);
    const asked = [talk.ask('first'), talk.ask('second')];
    await new Promise(setImmediate);
    expect(talk.isReading).toBe(true);
    events.fire(begun);
    expect(talk.isReading).toBe(true);
    events.fire({ ...begun, id: 4 });
    expect(talk.isReading).toBe(false);
    void talk.ask('third');
    await new Promise(setImmediate);
    expect(talk.isReading).toBe(true);
    answering.resolve();
    await Promise.all(asked);
    await new Promise(setImmediate);
    expect(talk.isReading).toBe(false);
  });
});
