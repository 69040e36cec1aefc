import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { mean } from '../../statistics.js';
import { ScoredStream } from '../../stream/scoredStream.js';
import { takeTokens } from '../../text/tokens.js';

export interface BrokenCache {
  readonly damaged: boolean;
  /** Surprisal of every token of the same text after the place of the damage, nats per token: the first 64 and all. */
  readonly first: number;
  readonly all: number;
  /** What the engine's own readings say: the highest mean of the last ones, and the baseline. */
  readonly highest: number;
  readonly baseline: number;
  readonly alarm: boolean;
}

/** Tokens streamed before and after the damage. */
const BEFORE = 8192;
const AFTER = 1024;

const PIECE = 64;

/**
 * A real bug, made on purpose: a state that is saved while a shift is pending holds new positions with the keys of the
 * old ones. Does the text that follows surprise the model, and does the alarm notice? Once with the damage, once without.
 */
export async function measureBrokenCache(settings: Settings): Promise<BrokenCache[]> {
  return [await measure(settings, false), await measure(settings, true)];
}

async function measure(settings: Settings, damaged: boolean): Promise<BrokenCache> {
  const capacity = settings.quick ? 384 : 1024;
  const before = settings.quick ? 1536 : BEFORE;
  const { sequence, vocabulary } = await openModel(settings.models.sink, { capacity });
  const { bos } = vocabulary;
  const text = await takeTokens(settings.root, vocabulary, before + AFTER + 1, { perPackage: 0 });
  const tokens = [...(bos === undefined ? [] : [bos]), ...text];
  const stage = settings.progress.stage(damaged ? 'a broken cache' : 'a sound cache', before + AFTER);
  const { live, feed } = await openStream();

  for (let at = 0; at < before; at += PIECE) await feed(at, false);
  // The same tokens leave in both runs.
  const range = { start: 1, end: 1 + Math.floor(sequence.length / 2) };
  await sequence.erase([range]);
  live.window.evict([range]);
  if (damaged) await saveAndLoadUnsettled();

  const nats: number[] = [];
  let highest = 0;
  let alarm = false;
  for (let at = before; at < before + AFTER; at += PIECE) {
    nats.push(...(await feed(at, true)));
    highest = Math.max(highest, live.health.view.surprisal);
    alarm ||= live.health.view.state === 'alarm';
  }
  const { baseline } = live.health.view;
  return { damaged, first: mean(nats.slice(0, PIECE)), all: mean(nats), highest, baseline, alarm };

  async function openStream(): Promise<{
    live: ScoredStream['live'];
    feed: (at: number, scored: boolean) => Promise<number[]>;
  }> {
    const stream = await ScoredStream.open(sequence, { policy: 'sink', sinks: 1, capacity, block: PIECE });
    return {
      live: stream.live,
      feed: async (at, scored) => {
        const piece = tokens.slice(at, at + PIECE);
        const scores = await stream.feed(
          piece,
          piece.map((_, index) => (scored ? tokens[at + index + 1] : undefined)),
        );
        stage.advance(piece.length);
        return scores.flatMap((score) => (score === undefined ? [] : [-score]));
      },
    };
  }

  async function saveAndLoadUnsettled(): Promise<void> {
    const path = join(settings.scratch, 'broken.kv');
    await mkdir(settings.scratch, { recursive: true });
    await sequence.save(path);
    await sequence.load(path);
    await rm(path);
  }
}
