import { answers } from './benchmarks/answers.js';
import { completion } from './benchmarks/completion.js';
import { engine } from './benchmarks/engine.js';
import { latency } from './benchmarks/latency.js';
import { millions } from './benchmarks/millions.js';
import { perplexity } from './benchmarks/perplexity.js';
import { reference } from './benchmarks/reference.js';
import { session } from './benchmarks/session.js';
import { stability } from './benchmarks/stability.js';
import { streameval } from './benchmarks/streameval.js';
import type { Benchmark } from './harness/benchmark.js';

/** In the order in which they are run and shown. */
export const BENCHMARKS: readonly Benchmark[] = [
  perplexity,
  millions,
  latency,
  engine,
  answers,
  streameval,
  stability,
  session,
  completion,
  reference,
];
