import assert from 'node:assert/strict';
import { recall, windowNow } from '../../../inference/protocol.js';
import type { WindowView } from '../../../inference/views.js';
import { journal, next, readySession, set } from './session.js';

/** Tokens: small enough to be full after a few questions. */
const CAPACITY = 256;

suite('window', () => {
  suiteSetup(async () => {
    const { engine } = await readySession();
    const started = next(engine.onDidStart);
    await set('cache.capacity', CAPACITY);
    await started;
  });

  suiteTeardown(async () => {
    const { engine } = await readySession();
    const started = next(engine.onDidStart);
    await set('cache.capacity', undefined);
    await started;
  });

  test('a full window lets old spans go, keeps sinks and pinned spans, and evaluates nothing twice', async () => {
    const api = await readySession();
    const asked = await api.conversation.ask('Which plant needs the most water?');
    assert.ok(asked);
    let window: WindowView;
    do {
      assert.ok(
        await api.conversation.ask('Tell me about the tomatoes in the garden, and about the rain in the spring.'),
      );
      window = await api.engine.request(windowNow);
      assert.ok(window.used <= CAPACITY);
    } while (window.spans.some(({ eventId }) => eventId === asked.messageId));

    assert.equal(window.capacity, CAPACITY);
    assert.ok(window.counters.evicted > 0);
    assert.deepEqual([window.counters.resets, window.counters.reEvaluated], [0, 0]);
    assert.deepEqual(
      window.spans.slice(0, 2).map(({ kind, start }) => [kind, start]),
      [
        ['sink', 0],
        ['system', 1],
      ],
    );
    assert.ok(window.horizon !== undefined && window.horizon > asked.messageId);

    const recalled = await api.engine.request(recall, asked.messageId);
    assert.ok((await api.engine.request(windowNow)).spans.some(({ eventId }) => eventId === recalled));
    const event = (await journal(api, 'recall')).find(({ id }) => id === recalled);
    assert.match(event?.text ?? '', /Which plant needs the most water\?/);
  });
});
