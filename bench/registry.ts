import type { Benchmark } from './harness/benchmark.js';
import { engine } from './benchmarks/engine.js';
import { latency } from './benchmarks/latency.js';
import { millions } from './benchmarks/millions.js';
import { reference } from './benchmarks/reference.js';
import { perplexity } from './benchmarks/perplexity.js';

/** In the order in which they are run and shown. */
export const BENCHMARKS: readonly Benchmark[] = [engine, perplexity, reference, millions, latency];
