import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark, Report, Settings } from '../harness/benchmark.js';
import { figure, mebibytes } from '../harness/format.js';
import { readModelFile, residentBytes } from '../harness/machine.js';
import { openModel } from '../model/openModel.js';
import type { Chart, Series } from '../plot/chart.js';
import { median, perplexity } from '../statistics.js';
import { ScoredStream, type CacheShape } from '../stream/scoredStream.js';
import { readTokens } from '../text/tokens.js';

/** One stretch of the stream. */
interface Stretch {
  /** Tokens of the stream at its end. */
  readonly at: number;
  readonly perplexity: number;
  readonly tokensPerSecond: number;
  readonly resident: number;
  readonly evaluated: number;
  readonly evicted: number;
  readonly evictions: number;
  /** Evaluated by the library although nobody asked. */
  readonly reEvaluated: number;
}

/** What a stopped run leaves behind, beside the KV state. */
interface Saved {
  readonly model: string;
  readonly shape: CacheShape;
  readonly stretches: readonly Stretch[];
}

const TOKENS = 4_000_000;

/** Every so many tokens one is scored: scoring costs more than evaluating. */
const SCORED_EVERY = 32;

/** Tokens between two figures. */
const STRETCH = 50_000;

/** Stretches between two states on disk. */
const SAVE_EVERY = 5;

export const millions: Benchmark = {
  name: 'millions',
  question:
    'Does the sink-token model stream through millions of tokens with flat perplexity, flat memory, flat speed, and without a single re-evaluation?',
  timed: true,
  async run(settings) {
    const quick = settings.quick;
    const total = settings.tokens ?? (quick ? 6000 : TOKENS);
    const stretch = quick ? 1000 : Math.min(STRETCH, Math.ceil(total / 20));
    const capacity = quick ? 256 : 1024;
    const shape: CacheShape = { policy: 'sink', sinks: 1, capacity, block: quick ? 64 : 256 };
    const { shape: used, stretches } = await stream(settings, shape, total, stretch);
    return report(settings, used, stretches);
  },
};

async function stream(settings: Settings, shape: CacheShape, total: number, stretch: number): Promise<Saved> {
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity: shape.capacity });
  const model = (await readModelFile(settings.models.sink)).sha256;
  const files = { progress: join(settings.scratch, 'millions.json'), state: join(settings.scratch, 'millions.kv') };
  await mkdir(settings.scratch, { recursive: true });

  const saved = settings.resume ? await readSaved(files.progress, model, shape) : undefined;
  const stretches: Stretch[] = [...(saved?.stretches ?? [])];
  const begun = stretches.at(-1);
  if (begun !== undefined) await sequence.load(files.state);
  const target =
    begun === undefined ? await ScoredStream.open(sequence, shape) : ScoredStream.resume(sequence, shape, begun.at);
  // Counted since this process began; what a stopped one counted is added.
  const base = begun ?? { evaluated: 0, evicted: 0, evictions: 0, reEvaluated: 0 };

  const stage = settings.progress.stage(`${total.toLocaleString('en-GB')} tokens`, total);
  stage.advance(target.fed);
  for await (const piece of pieces(settings, vocabulary, total, stretch, target.fed)) {
    const start = performance.now();
    const scores: number[] = [];
    for (let at = 0; at < piece.length - 1; at += shape.block) {
      const tokens = piece.slice(at, Math.min(at + shape.block, piece.length - 1));
      const targets = tokens.map((_, index) =>
        (target.fed + index) % SCORED_EVERY === 0 ? piece[at + index + 1] : undefined,
      );
      for (const score of await target.feed(tokens, targets)) if (score !== undefined) scores.push(score);
      stage.advance(tokens.length);
    }
    const kv = sequence.counters;
    stretches.push({
      at: target.fed,
      perplexity: perplexity(scores),
      tokensPerSecond: (1000 * (piece.length - 1)) / (performance.now() - start),
      resident: residentBytes(),
      evaluated: base.evaluated + kv.evaluated,
      evicted: base.evicted + target.live.counters.evicted,
      evictions: base.evictions + target.live.counters.evictions,
      reEvaluated: base.reEvaluated + kv.unasked,
    });
    if (stretches.length % SAVE_EVERY === 0 && target.fed < total) {
      // A pending shift would be lost.
      await target.live.settle();
      await sequence.save(files.state);
      await writeFile(files.progress, JSON.stringify({ model, shape, stretches } satisfies Saved));
    }
  }
  await rm(files.progress, { force: true });
  await rm(files.state, { force: true });
  return { model, shape, stretches };
}

async function readSaved(path: string, model: string, shape: CacheShape): Promise<Saved | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const saved = JSON.parse(text) as Saved;
  return saved.model === model && JSON.stringify(saved.shape) === JSON.stringify(shape) ? saved : undefined;
}

/** The stream from token `from` on, a stretch and one token at a time: the last one is only a target. */
async function* pieces(
  settings: Settings,
  vocabulary: Parameters<typeof readTokens>[1],
  total: number,
  stretch: number,
  from: number,
): AsyncGenerator<number[]> {
  const { bos } = vocabulary;
  let at = 0;
  let piece: number[] = [];
  const take = function* (token: number): Generator<number[]> {
    at += 1;
    if (at <= from) return;
    piece.push(token);
    if (piece.length <= stretch) return;
    yield piece;
    piece = [token];
  };
  if (bos !== undefined) yield* take(bos);
  for await (const token of readTokens(settings.root, vocabulary, { perPackage: 0 })) {
    yield* take(token);
    if (at > total) return;
  }
  throw new Error(`The dependencies hold only ${at} tokens`);
}

function report(settings: Settings, shape: CacheShape, stretches: readonly Stretch[]): Report {
  const last = stretches.at(-1)!;
  const tenth = Math.max(1, Math.floor(stretches.length / 10));
  const first = stretches.slice(1, 1 + tenth);
  const end = stretches.slice(-tenth);
  const of = (part: readonly Stretch[], key: 'perplexity' | 'tokensPerSecond' | 'resident'): number =>
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
    figures: { shape, scoredEvery: SCORED_EVERY, stretches },
    tables: [
      {
        title: 'From start to end',
        head: ['tokens', 'perplexity', 'tokens/s', 'resident', 'evaluated', 'evicted', 'evictions', 're-evaluated'],
        rows: stretches
          .filter((_, at) => at % Math.ceil(stretches.length / 20) === 0 || at === stretches.length - 1)
          .map((row) => [
            String(row.at),
            figure(row.perplexity, 4),
            figure(row.tokensPerSecond),
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
      chart(
        'Memory of the process',
        'MiB',
        line('resident', (s) => s.resident / 2 ** 20),
      ),
      chart(
        'Speed',
        'tokens/s',
        line('streamed', (s) => s.tokensPerSecond),
      ),
    ],
    comparisons: [
      {
        claim: 'Tokens streamed through one cache',
        expected: 'more than 4 million (Fig. 5)',
        here: `${last.at.toLocaleString('en-GB')} through ${shape.capacity}, with ${last.evictions.toLocaleString('en-GB')} evictions`,
        ...(last.at < TOKENS ? { remark: 'A shorter run than the benchmark is made for.' } : {}),
      },
      {
        claim: 'Perplexity at the end, against the beginning (medians of a tenth of the stream each)',
        expected: 'flat, apart from the texts (Fig. 5)',
        here: `${figure(of(end, 'perplexity'), 4)} against ${figure(of(first, 'perplexity'), 4)}; over all, ${figure(Math.min(...stretches.map((s) => s.perplexity)))} to ${figure(Math.max(...stretches.map((s) => s.perplexity)))}`,
        remark: 'Every package is another text, so stretches differ; what would show is a rise that stays.',
      },
      {
        claim: 'Memory at the end, against the beginning',
        expected: 'flat',
        here: `${mebibytes(of(end, 'resident'))} against ${mebibytes(of(first, 'resident'))}`,
      },
      {
        claim: 'Speed at the end, over the beginning',
        expected: 'flat',
        here: `${(of(end, 'tokensPerSecond') / of(first, 'tokensPerSecond')).toFixed(2)} ×`,
      },
      {
        claim: 'Tokens evaluated without being asked for',
        expected: '0',
        here: `${last.reEvaluated} of ${last.evaluated.toLocaleString('en-GB')}`,
      },
    ],
    notes: [
      `1 sink token, capacity ${shape.capacity}, blocks of ${shape.block}; each figure covers one stretch of the stream.`,
      `Of every ${SCORED_EVERY} tokens one is scored, at fixed places. The speed includes the scoring.`,
      'The state is saved now and then, which evaluates the last token once more; these tokens are in "evaluated".',
      'Memory is that of the whole process, the runtime of JavaScript with its garbage included.',
    ],
    models: [settings.models.sink],
  };
}
