import type { Report, Settings } from '../../harness/benchmark.js';
import { figure, mebibytes } from '../../harness/format.js';
import type { Chart, Series } from '../../plot/chart.js';
import { median } from '../../statistics.js';
import { SCORED_AT_END, SCORED_EVERY, TOKENS, type Streamed, type Stretch } from './stream.js';

export function report(settings: Settings, { shape, stretches, fresh }: Streamed): Report {
  const last = stretches.at(-1)!;
  const tenth = Math.max(1, Math.floor(stretches.length / 10));
  const first = stretches.slice(1, 1 + tenth);
  const end = stretches.slice(-tenth);
  const of = (part: readonly Stretch[], key: 'perplexity' | 'resident' | 'inUse'): number =>
    median(part.map((stretch) => stretch[key]));
  const line = (name: string, y: (stretch: Stretch) => number): Series => ({
    name,
    points: stretches.map((stretch) => [stretch.at, y(stretch)]),
  });
  const chart = (title: string, label: string, series: Series, log = false): Chart => ({
    title,
    x: { label: 'tokens streamed' },
    y: { label, log },
    series: [series],
  });
  return {
    figures: { shape, scoredEvery: SCORED_EVERY, stretches, fresh },
    tables: [
      {
        title: 'From start to end',
        head: [
          'tokens',
          'perplexity',
          'tokens per second of the processor',
          'memory in use',
          'resident',
          'evaluated',
          'evicted',
          'evictions',
          're-evaluated',
        ],
        rows: stretches
          .filter((_, at) => at % Math.ceil(stretches.length / 20) === 0 || at === stretches.length - 1)
          .map((row) => [
            String(row.at),
            figure(row.perplexity, 4),
            figure(row.tokensPerSecond),
            mebibytes(row.inUse),
            mebibytes(row.resident),
            String(row.evaluated),
            String(row.evicted),
            String(row.evictions),
            String(row.reEvaluated),
          ]),
      },
    ],
    charts: [
      chart(
        'Perplexity',
        'perplexity',
        line('sink', (s) => s.perplexity),
        true,
      ),
      {
        ...chart(
          'Memory of the process',
          'MiB',
          line('in use', (s) => s.inUse / 2 ** 20),
        ),
        series: [line('in use', (s) => s.inUse / 2 ** 20), line('resident', (s) => s.resident / 2 ** 20)],
      },
      chart(
        'Speed',
        'tokens per second of the processor',
        line('streamed', (s) => s.tokensPerSecond),
      ),
    ],
    comparisons: [
      {
        claim: 'Tokens streamed through one cache',
        expected: 'more than 4 million (Llama-2, MPT, Falcon, Pythia; Fig. 5)',
        here: `${last.at.toLocaleString('en-GB')} through ${shape.capacity}, with ${last.evictions.toLocaleString('en-GB')} evictions`,
        ...(last.at < TOKENS ? { remark: 'A shorter run than the benchmark is made for.' } : {}),
      },
      {
        claim: 'Perplexity at the end, against the beginning (medians of a tenth of the stream each)',
        expected: 'flat, apart from the texts (Fig. 5)',
        here: `${figure(of(end, 'perplexity'), 4)} against ${figure(of(first, 'perplexity'), 4)}; over all, ${figure(Math.min(...stretches.map((s) => s.perplexity)))} to ${figure(Math.max(...stretches.map((s) => s.perplexity)))}`,
        remark: 'Every package is another text, so stretches differ; the next row takes the text out of it.',
      },
      {
        claim: `The last ${fresh.tokens.toLocaleString('en-GB')} tokens: this cache, over a fresh one that reads the same`,
        expected: '1.00 ×: nothing adds up',
        here: `${fresh.ratio.toFixed(4)} × ± ${(100 * fresh.uncertainty).toFixed(2)} % (${figure(fresh.streamed, 4)} against ${figure(fresh.anew, 4)}, ${fresh.positions} positions)`,
      },
      {
        claim: 'Memory that is kept at the end, against the beginning; the whole process with its garbage, likewise',
        expected: 'flat',
        here: `${mebibytes(of(end, 'inUse'))} against ${mebibytes(of(first, 'inUse'))}; ${mebibytes(of(end, 'resident'))} against ${mebibytes(of(first, 'resident'))}`,
        ...memoryRemark(of(first, 'inUse'), of(end, 'inUse'), last.at),
      },
      {
        claim:
          'Speed at the end, over the beginning: medians of a tenth of the stream each; the fastest stretches of a quarter each',
        expected: 'flat',
        ...speedAtEnd(stretches.map(({ tokensPerSecond }) => tokensPerSecond)),
      },
      {
        claim: 'Tokens evaluated without being asked for',
        expected: '0',
        here: `${last.reEvaluated} of ${last.evaluated.toLocaleString('en-GB')}`,
      },
    ],
    notes: [
      `1 sink token, capacity ${shape.capacity}, blocks of ${shape.block}; each figure covers one stretch of the stream.`,
      `Of every ${SCORED_EVERY} tokens one is scored, of every ${SCORED_AT_END} in the last stretch, at fixed places. The speed includes the scoring, and counts the time of the processor, since other work on the machine must not look like a cache that grows slow.`,
      'The state is saved now and then, which evaluates the last token once more; these tokens are in "evaluated".',
      'Memory in use is that of JavaScript after a collection of the garbage, objects and buffers: what is kept. "Resident" is the whole process before it: llama.cpp with the weights and the cache, and the garbage, which V8 lets grow and collects as it likes.',
    ],
    models: [settings.models.sink],
  };
}

/** Medians that are farther apart are not those of a machine that has nothing else to do. */
const DISTURBED = 0.05;

/**
 * Other programs make a stretch slower even in time of the processor, since they take its caches and its memory, but none
 * faster; a cache that grows slow is slow in its fastest stretch, too.
 *
 * @param speeds tokens per second, one for each stretch; the first one warms up
 */
export function speedAtEnd(speeds: readonly number[]): { readonly here: string; readonly remark?: string } {
  const ratio = (share: number, of: (values: readonly number[]) => number): number => {
    const length = Math.max(1, Math.floor(speeds.length * share));
    return of(speeds.slice(-length)) / of(speeds.slice(1, 1 + length));
  };
  const medians = ratio(1 / 10, median);
  const fastest = ratio(1 / 4, (values) => Math.max(...values));
  const disturbed = Math.abs(medians - 1) > DISTURBED && Math.abs(fastest - 1) <= DISTURBED;
  return {
    here: `${medians.toFixed(2)} ×; ${fastest.toFixed(2)} ×`,
    ...(disturbed
      ? { remark: 'Other programs had the machine in parts of the run; they slow stretches, and make none faster.' }
      : {}),
  };
}

/**
 * More than that at the end is no noise, of what was in use at the beginning: the file that is being read is among it. A
 * list of all tokens would be fifteen times as much.
 */
const NOISE = 0.1;

/** Tells of a leak, or why the process holds more than is in use. */
export function memoryRemark(begin: number, end: number, tokens: number): { readonly remark: string } {
  const grown = end - begin;
  return {
    remark:
      grown > NOISE * begin
        ? `It is not flat: ${figure(grown / tokens)} bytes are kept for every token.`
        : 'The whole process holds the garbage of JavaScript besides, which V8 lets grow where there is memory enough.',
  };
}
