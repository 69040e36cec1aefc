// A child that speaks the protocol and dies on demand: dying is the case under test, and a real engine should not.
// `modelPath` of `start` is the scenario.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError } = require('vscode-jsonrpc/node');

const model = { name: 'fake', file: 'fake.gguf' };
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const event = (id, kind, state, text) => ({ id, kind, title: kind, text, at: 0, state });
let scenario;

connection.onRequest('engine/start', ({ modelPath }) => {
  scenario = modelPath;
  console.error('llama.cpp says hello');
  if (scenario === 'crash') process.exit(7);
  if (scenario === 'hang') return new Promise(() => undefined);
  if (scenario === 'refuse')
    return new ResponseError(-32000, 'no', {
      code: 'modelNotFound',
      message: 'There is no model.',
      remedies: ['chooseModel'],
    });
  void connection.sendNotification('engine/progress', { detail: 'Loading fake' });
  return { model: scenario === 'reader' ? { ...model, readOnly: true } : model, resumed: { events: 0, tokens: 0 } };
});
connection.onRequest('session/ask', async ({ text }, token) => {
  await connection.sendNotification('session/event', event(1, 'message', 'complete', text));
  await connection.sendNotification('session/event', event(2, 'reply', 'streaming', ''));
  await connection.sendNotification('session/replyDelta', { replyId: 2, text: 'half' });
  if (text === 'hang') await new Promise((resolve) => token.onCancellationRequested(resolve));
  if (text === 'die') await new Promise(() => undefined);
  if (text === 'bug') throw new Error('oops');
  if (text === 'full')
    return new ResponseError(-32000, 'full', { code: 'windowFull', message: 'The window is full.', remedies: [] });
  await connection.sendNotification('session/event', event(2, 'reply', 'complete', 'half done'));
  return { messageId: 1, replyId: 2, text: 'half done', stopped: token.isCancellationRequested ? 'cancelled' : 'end' };
});
connection.onRequest('engine/shutdown', () => {
  if (scenario === 'stubborn') return new Promise(() => undefined);
  setImmediate(() => process.disconnect());
  return null;
});
connection.listen();
process.on('disconnect', () => process.exit(0));
