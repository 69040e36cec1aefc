import type { EngineState, ModelView, UserError } from '../../inference/views.js';
import type { FromPanel, ToPanel } from '../messages.js';
import { EndlessTalk } from './endlessTalk.js';
import { FakeStream } from './fakeStream.js';

/** What a scenario can do: send, and answer what the panel posts. */
export interface Scenario {
  start(send: (message: ToPanel) => void): void;
  answer?(message: FromPanel, send: (message: ToPanel) => void): void;
  /** Goes on until there are so many events; resolves to the milliseconds of each frame. */
  goOn?(events: number, send: (message: ToPanel) => void): Promise<readonly number[]>;
  /** The engine starts again, on a session that meanwhile has so many events. */
  restart?(events: number, send: (message: ToPanel) => void): void;
}

const MODEL: ModelView = {
  name: 'Endless Sink 24M',
  file: 'endless-sink.gguf',
  architecture: 'llama',
  parameters: 24_117_248,
  bytes: 26_214_400,
  trainedContext: 2048,
  builtIn: true,
  sinkMode: 'trained',
  sinks: 1,
  fim: true,
  device: { backend: 'cpu', name: 'AMD Ryzen 7', threads: 8 },
};
const READY: EngineState = { phase: 'ready', model: MODEL };
const ERROR: UserError = {
  code: 'modelTruncated',
  message:
    'qwen2.5-coder-1.5b.gguf ends before its tensors do: the download was cut off. Download it again, or choose another model.',
  remedies: ['chooseModel', 'useBuiltInModel', 'showLog'],
};

const EDIT = `src/cart.ts › class Cart › method total
   let sum = 0;
-  for (const item of this.items) sum += item.price;
+  for (const item of this.items) sum += item.price * item.count;
   return sum;`;
const OUTLINE = ` import { Item } from './item'\n class Cart\n   add(item: Item): void\n   total(): number`;
const ANSWER = `You changed \`total\` in \`src/cart.ts\`: every price is now multiplied by its \`count\`.

Two things to look at:

1. \`count\` may be missing on items from the old storage format.
2. Rounding happens once per item, not once per cart.

\`\`\`ts
total(): number {
  // Sum in cents, so that rounding happens once.
  let cents = 0;
  for (const item of this.items) cents += Math.round(item.price * 100) * (item.count ?? 1);
  return cents / 100;
}
\`\`\`

See [Number.prototype.toFixed](https://developer.mozilla.org/toFixed) for **display**.

| case | before | after |
| --- | --- | --- |
| 2 × 1.10 | 1.10 | 2.20 |
`;

function talk(stream: FakeStream, rounds: number): FakeStream {
  stream.add('system', 'system', 'You are Endless, a small coding model that lives in the editor.', 24);
  stream.add('memory', 'prices are in euros', 'Prices are in euros, never in cents.', 14);
  stream.add('memory', 'src/item.ts', 'Outline of src/item.ts\n class Item', 38);
  stream.add('outline', 'src/cart.ts', OUTLINE, 60);
  for (let round = 0; round < rounds; round++) {
    stream.add('edit', 'src/cart.ts › class Cart › method total', EDIT, 52);
    if (round % 3 === 1) stream.add('edit', 'src/components/checkout/summary.tsx', EDIT, 48);
    stream.add(
      'message',
      'What did I change last?',
      round % 2 ? 'And what could go wrong with it?' : 'What did I change last?',
      12,
    );
    stream.add('reply', 'You changed total', ANSWER, 210, round % 5 === 4 ? 'interrupted' : 'complete');
  }
  return stream;
}

function show(stream: FakeStream, state: EngineState, send: (message: ToPanel) => void): void {
  send({ type: 'state', state });
  send({ type: 'window', window: stream.window() });
  send({ type: 'page', events: stream.events.slice(-100), more: stream.events.length > 100 });
}

/** Answers pages and questions as the extension and the engine would. */
function living(stream: FakeStream, delay: number): Scenario {
  return {
    start: (send) => show(stream, READY, send),
    answer(message, send) {
      if (message.type === 'page') {
        const end = stream.events.findIndex((event) => event.id === message.before);
        const events = stream.events.slice(Math.max(0, end - 100), end);
        setTimeout(() => send({ type: 'page', before: message.before, events, more: end > 100 }), 20);
      } else if (message.type === 'recall') {
        const event = stream.events.find(({ id }) => id === message.eventId);
        if (event) send({ type: 'event', event: stream.add('recall', event.title, event.text, 80) });
        send({ type: 'window', window: stream.window() });
      } else if (message.type === 'find') {
        const text = message.text.toLowerCase();
        const hits = stream.events.filter((event) => event.text.toLowerCase().includes(text));
        send({ type: 'found', text: message.text, ids: hits.map(({ id }) => id).reverse(), more: false });
      } else if (message.type === 'count') {
        send({ type: 'counted', text: message.text, tokens: Math.ceil(message.text.length / 3) });
      } else if (message.type === 'spanText') {
        const span = stream.window().spans.find(({ id }) => id === message.spanId);
        const event = stream.events.find(({ id }) => id === span?.eventId);
        const text = event?.text ?? 'You are Endless, a small coding model that lives in the editor.';
        send({ type: 'spanText', spanId: message.spanId, ...(span ? { text: `<|${span.kind}|>${text}<|end|>` } : {}) });
      } else if (message.type === 'unpin') {
        send({ type: 'event', event: stream.unpin(message.eventId) });
        send({ type: 'window', window: stream.window() });
      } else if (message.type === 'attach') {
        send({ type: 'attached', attachment: { label: 'src/cart.ts:4-19', text: EDIT, tokens: 61 } });
      } else if (message.type === 'ask') void reply(stream, message.text, delay, send);
    },
  };
}

async function reply(stream: FakeStream, text: string, delay: number, send: (message: ToPanel) => void): Promise<void> {
  send({ type: 'event', event: stream.add('message', text, text, 20) });
  await new Promise((resolve) => setTimeout(resolve, delay * 20));
  const event = stream.add('reply', '', '', 210, 'streaming');
  send({ type: 'event', event });
  send({ type: 'state', state: { phase: 'answering', model: MODEL, replyId: event.id } });
  send({ type: 'window', window: stream.window() });
  for (const word of ANSWER.match(/\s*\S+/g) ?? []) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    send({ type: 'delta', replyId: event.id, text: word });
  }
  send({ type: 'event', event: { ...event, text: ANSWER, state: 'complete' } });
  send({ type: 'state', state: READY });
  send({ type: 'window', window: stream.window() });
}

const now = Date.now();

export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  starting: () => ({
    start: (send) => send({ type: 'state', state: { phase: 'starting', detail: 'Loading Endless Sink 24M, 62 %' } }),
  }),
  empty: () => {
    const stream = new FakeStream(2048, now);
    stream.add('system', 'system', 'You are Endless, a small coding model that lives in the editor.', 24);
    return living(stream, 20);
  },
  chat: () => living(talk(new FakeStream(2048, now), 3), 30),
  evicted: () => living(talk(new FakeStream(2048, now), 12), 30),
  answering: () => {
    const stream = talk(new FakeStream(2048, now), 2);
    const scenario = living(stream, 30);
    return {
      ...scenario,
      start(send) {
        scenario.start(send);
        void reply(stream, 'Explain the last edit, please.', 60, send);
      },
    };
  },
  failed: () => ({
    start: (send) => show(talk(new FakeStream(2048, now), 2), { phase: 'failed', error: ERROR }, send),
  }),
  restarting: () => ({
    start: (send) => {
      const stream = talk(new FakeStream(2048, now), 2);
      show(stream, READY, send);
      send({ type: 'event', event: stream.add('message', 'q', 'Go on.', 5) });
      const event = stream.add('reply', '', 'The first part of an answer', 20, 'streaming');
      send({ type: 'event', event });
      const error: UserError = {
        code: 'engineCrashed',
        message: 'The engine ended unexpectedly and is being restarted.',
        remedies: ['showLog'],
      };
      send({ type: 'state', state: { phase: 'restarting', attempt: 1, error } });
    },
  }),
  notice: () => {
    const scenario = living(talk(new FakeStream(2048, now), 3), 30);
    return {
      ...scenario,
      start(send) {
        scenario.start(send);
        send({ type: 'notice', message: 'The window was restored from the last checkpoint.' });
      },
    };
  },
  alarm: () => {
    const stream = talk(new FakeStream(2048, now), 12);
    const scenario = living(stream, 30);
    return {
      ...scenario,
      start(send) {
        scenario.start(send);
        const health = { state: 'alarm', surprisal: 5.31, baseline: 1.74 } as const;
        send({ type: 'window', window: { ...stream.window(), health } });
      },
    };
  },
  readOnly: () => ({
    start: (send) =>
      show(talk(new FakeStream(2048, now), 2), { phase: 'ready', model: { ...MODEL, readOnly: true } }, send),
  }),
  untrusted: () => {
    const scenario = living(talk(new FakeStream(2048, now), 3), 30);
    return {
      ...scenario,
      start(send) {
        send({ type: 'trust', trusted: false });
        scenario.start(send);
      },
    };
  },
  reset: () => {
    const stream = talk(new FakeStream(2048, now), 2);
    stream.add('reset', 'reset', '', 0);
    return living(stream, 30);
  },
  endless: () => {
    const talk = new EndlessTalk(2048, now);
    const start = (send: (message: ToPanel) => void): void => {
      send({ type: 'state', state: READY });
      send(talk.page());
      send(talk.window());
    };
    return {
      start,
      answer(message, send) {
        if (message.type === 'page') send(talk.page(message.before, message.reach));
      },
      goOn: (events, send) => talk.goOn(events, send),
      restart(events, send) {
        talk.goOnUnseen(events);
        send({ type: 'state', state: { phase: 'starting', detail: 'Loading' } });
        start(send);
      },
    };
  },
  many: () => living(talk(new FakeStream(8192, now), 2900), 4),
  spans: () => {
    const stream = new FakeStream(8192, now);
    stream.add('system', 'system', 'You are Endless.', 24);
    for (let index = 0; index < 700; index++)
      stream.add(index % 3 ? 'edit' : 'outline', `src/file${index}.ts`, EDIT, 8 + (index % 13));
    return living(stream, 10);
  },
};
