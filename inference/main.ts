/** The engine process: the protocol on one side, an Engine on the other. Forked and owned by the extension host. */
import * as l10n from '@vscode/l10n';
import { createMessageConnection, type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { messageOf, toUserError } from './errors.js';
import { Engine, type EngineHooks } from './engine.js';
import * as protocol from './protocol.js';
import { Throttle } from './throttle.js';

/** JSON-RPC: "server error", the range left to applications. What it is stands in `data`. */
const ENGINE_ERROR = -32000;

/** Milliseconds between two pictures of the window. */
const WINDOW_INTERVAL = 250;

function serve(connection: MessageConnection): void {
  let engine: Engine | undefined;
  const running = (): Engine => {
    if (engine === undefined) throw new Error('the engine has not been started');
    return engine;
  };
  const publishWindow = new Throttle(WINDOW_INTERVAL, () => {
    if (engine !== undefined) void connection.sendNotification(protocol.windowChanged, engine.session.windowView());
  });
  const hooks: EngineHooks = {
    output: {
      handleEvent: (event) => void connection.sendNotification(protocol.eventAdded, event),
      handleReplyDelta: (replyId, text) => void connection.sendNotification(protocol.replyDelta, { replyId, text }),
      handleWindowChanged: () => publishWindow.request(),
      handleProblem: (error) =>
        void connection.sendNotification(protocol.notice, { message: toUserError(error).message }),
    },
    handleProgress: (detail) => void connection.sendNotification(protocol.progress, { detail }),
    handleNotice: (message) => void connection.sendNotification(protocol.notice, { message }),
    handleSessionFree: () => void connection.sendNotification(protocol.sessionFree),
    handleLog: (level, message) => void connection.sendNotification(protocol.log, { level, message }),
  };

  connection.onRequest(protocol.start, (params) =>
    answering(async () => {
      engine = await Engine.start(params, hooks);
      publishWindow.request();
      return engine.started;
    }),
  );
  connection.onRequest(protocol.ask, ({ text }, token) =>
    answering(async () => {
      const { message, reply, stopped } = await running().session.ask(text, signalOf(token));
      return { messageId: message.id, replyId: reply.id, text: reply.text, stopped };
    }),
  );
  connection.onRequest(protocol.append, (events) => answering(() => running().session.append(events)));
  connection.onRequest(protocol.complete, (params, token) =>
    answering(() => running().session.complete(params, signalOf(token))),
  );
  connection.onRequest(protocol.recall, (id) => answering(() => running().session.recall(id)));
  connection.onRequest(protocol.unpin, (id) => answering(() => running().session.unpin(id)));
  connection.onRequest(protocol.reset, () => answering(() => running().session.reset()));
  connection.onRequest(protocol.undoReset, () => answering(() => running().session.undoReset()));
  connection.onRequest(protocol.reAnchor, () => answering(() => running().session.reAnchor()));
  connection.onRequest(protocol.transcript, ({ before, limit }) =>
    answering(() => running().journal.page(limit, before)),
  );
  connection.onRequest(protocol.search, ({ text, limit }) => answering(() => running().journal.search(text, limit)));
  connection.onRequest(protocol.eventAt, (at) => answering(() => running().journal.eventAt(at) ?? null));
  connection.onRequest(protocol.countTokens, (texts) =>
    answering(() => texts.map((text) => running().session.countTokens(text))),
  );
  connection.onRequest(protocol.windowText, () => answering(() => running().session.windowText()));
  connection.onRequest(protocol.spanText, (id) => answering(() => running().session.spanText(id) ?? null));
  connection.onRequest(protocol.windowNow, () => answering(() => running().session.windowView()));
  connection.onRequest(protocol.facts, () => answering(() => running().facts()));
  connection.onRequest(protocol.shutdown, () =>
    answering(async () => {
      publishWindow[Symbol.dispose]();
      await engine?.[Symbol.asyncDispose]();
      engine = undefined;
      // After the answer has left.
      setImmediate(() => process.disconnect());
      return null;
    }),
  );
  connection.listen();
}

async function answering<T>(action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new ResponseError(ENGINE_ERROR, messageOf(error), toUserError(error));
  }
}

interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): unknown;
}

function signalOf(token: Cancellation): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

const texts = process.env['EXTENSION_BUNDLE_PATH'];
if (texts !== undefined) l10n.config({ fsPath: texts });
serve(createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process)));
// The extension host is gone: nobody is left to answer, and everything is in the journal.
process.on('disconnect', () => process.exit(0));
