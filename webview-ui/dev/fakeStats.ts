import type { EventKind, ModelView, SpanKind, WindowView } from '../../inference/views.js';
import type { FromStats, StatsSample, StatsView, ToStats } from '../stats/messages.js';
import { FakeStream } from './fakeStream.js';
import { applyTheme } from './themes.js';

/** Stands in for VS Code, and plays a session to the sink stats page: an hour that goes on. */
const [, themeName = 'dark'] = location.hash.slice(1).split(',');
const SECOND = 1000;
const HOUR = 3600;

const MODEL: ModelView = {
  name: 'Qwen2.5 Coder 1.5B Instruct',
  file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
  architecture: 'qwen2',
  parameters: 1_543_714_304,
  bytes: 1_117_320_736,
  trainedContext: 32_768,
  builtIn: false,
  sinkMode: 'initial',
  sinks: 4,
  fim: true,
  device: { backend: 'vulkan', name: 'NVIDIA RTX 4070', threads: 8, vram: 3_221_225_472, memory: 12_884_901_888 },
};

const KINDS: readonly EventKind[] = [
  'edit',
  'edit',
  'outline',
  'message',
  'reply',
  'edit',
  'recall',
  'message',
  'reply',
];
const TOKENS: Readonly<Partial<Record<EventKind, number>>> = {
  edit: 60,
  outline: 110,
  message: 25,
  reply: 240,
  recall: 80,
};

const start = Date.now() - HOUR * SECOND;
const stream = new FakeStream(8192, Date.now());
stream.add('system', 'system', 'You are Endless.', 96);
stream.add('memory', 'prices are in euros', 'Prices are in euros.', 44);

/** Waves instead of chance: every look is like the one before. */
const wave = (second: number, length: number): number => Math.sin((second / length) * 2 * Math.PI);

function step(second: number): StatsSample {
  const kind = KINDS[Math.floor(second / 7) % KINDS.length] ?? 'edit';
  if (second % 7 === 0) stream.add(kind, `src/file${second % 40}.ts`, '', TOKENS[kind] ?? 20);
  const { spans, counters } = stream.window();
  const tokens: Partial<Record<SpanKind, number>> = {};
  for (const span of spans) tokens[span.kind] = (tokens[span.kind] ?? 0) + span.length;
  return {
    at: start + second * SECOND,
    tokens,
    evicted: counters.evicted,
    surprisal: 1.8 + 0.4 * wave(second, 61) + 0.2 * wave(second, 17),
    ...(second > 60 && { baseline: 1.74 + 0.05 * wave(second, 900) }),
    ...(kind === 'reply' && { tokensPerSecond: 41 + 4 * wave(second, 13) }),
    // One token waited for the disk, and is remembered for a while.
    latency: {
      median: 23.8 + wave(second, 50),
      p95: 31 + 3 * wave(second, 90),
      worst: second > HOUR - 120 && second < HOUR - 30 ? 3012 : 58.4,
    },
  };
}

const samples: StatsSample[] = [];
for (let second = 0; second < HOUR; second++) samples.push(step(second));

function view(range: 'recent' | 'all'): StatsView {
  const window: WindowView = stream.window();
  return {
    now: samples.at(-1)?.at ?? start,
    engine: { phase: 'ready', model: MODEL },
    window,
    facts: {
      block: 256,
      pinnedTokens: 2048,
      positions: 'cache',
      keyType: 'f16',
      sinkTokens: ['<|im_start|>', 'system', '\n', 'You'],
      events: 18_204,
      storage: {
        journal: 48_234_496,
        checkpoints: 470_286_336,
        checkpointCount: 2,
        newestCheckpoint: start + 3540 * SECOND,
      },
      processMemory: 1_610_612_736,
      machineMemory: 34_359_738_368,
    },
    history: {
      range,
      since: start,
      samples: range === 'recent' ? samples.slice(-301) : samples.filter((_, index) => index % 10 === 0),
    },
    leftOut: [
      { reason: 'Files that hold secrets, by their name', count: 2 },
      { reason: 'Files that .gitignore, .endlessignore or the settings exclude', count: 31 },
      { reason: 'Edits that look like a secret', count: 1 },
    ],
    completions: { shown: 412, accepted: 131, characters: 4310, judged: 127, kept: 101, since: start - 9e8 },
    versions: { extension: '0.1.0', editor: '1.105.0', system: 'linux x64' },
  };
}

const send = (message: ToStats): void => window.postMessage(message);
let range: 'recent' | 'all' = 'recent';

applyTheme(themeName);
let state: unknown = null;
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage(message: FromStats) {
      if (message.type !== 'show') return;
      range = message.range;
      send({ type: 'stats', stats: view(range) });
    },
    getState: () => state,
    setState: (next: unknown) => (state = next),
  }),
});
setInterval(() => {
  samples.push(step(samples.length));
  send({ type: 'stats', stats: view(range) });
}, SECOND);
