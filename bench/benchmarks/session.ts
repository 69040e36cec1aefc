import type { Benchmark } from '../harness/benchmark.js';
import { replayDay } from './session/replay.js';
import { report } from './session/report.js';

export const session: Benchmark = {
  name: 'session',
  question:
    'A working day of thousands of edits, completions and questions, made from real sources, in one session: what does a turn cost at the beginning and after a thousand, and what would it cost a peer that builds its prompt anew each time?',
  timed: true,
  weightsMatter: true,
  minutes: 12,
  async run(settings) {
    const marks = settings.quick ? [1, 10, 30] : [1, 3, 10, 30, 100, 300, 1000];
    return report(settings, await replayDay(settings, marks));
  },
};
