import type { Benchmark } from '../harness/benchmark.js';
import { measure } from './perplexity/measure.js';
import { report } from './perplexity/report.js';

export const perplexity: Benchmark = {
  name: 'perplexity',
  question:
    'How well do the built-in models know the next token of a long stream of code, under each policy, number of sinks, cache size, position mode and block size? Perplexity after the cache is full, on one stream.',
  timed: false,
  weightsMatter: true,
  minutes: 52,
  async run(settings) {
    const measured = [await measure('vanilla', settings), await measure('sink', settings)];
    return report(measured, settings);
  },
};
