import type { Benchmark } from '../harness/benchmark.js';
import type { CacheShape } from '../stream/scoredStream.js';
import { report } from './millions/report.js';
import { stream, TOKENS } from './millions/stream.js';

/** Tokens between two figures. */
const STRETCH = 50_000;

export const millions: Benchmark = {
  name: 'millions',
  question:
    'Does the sink-token model stream through millions of tokens with flat perplexity, flat memory, flat speed, and without a single re-evaluation?',
  timed: false,
  weightsMatter: true,
  minutes: 80,
  async run(settings) {
    const { quick } = settings;
    const total = settings.tokens ?? (quick ? 6000 : TOKENS);
    const stretch = quick ? 1500 : Math.min(STRETCH, Math.ceil(total / 20));
    const capacity = quick ? 256 : 1024;
    const shape: CacheShape = { policy: 'sink', sinks: 1, capacity, block: quick ? 64 : 256 };
    return report(settings, await stream(settings, shape, total, stretch));
  },
};
