import type { SessionFacts } from '../../../../inference/views.js';
import type { StatsSample, StatsView } from '../../../../webview-ui/stats/messages.js';
import { MODEL, span, windowOf } from '../samples.js';

export const WINDOW = windowOf([
  span(-1, 0, 1, { kind: 'sink', pinned: true }),
  span(1, 1, 49, { kind: 'system', pinned: true }),
  span(2, 50, 100, { kind: 'edit' }),
  span(3, 150, 150, { kind: 'edit' }),
]);

export const FACTS: SessionFacts = {
  block: 64,
  pinnedTokens: 250,
  positions: 'cache',
  keyType: 'f16',
  sinkTokens: ['<|sink|>'],
  events: 120,
  storage: { journal: 204_800, checkpoints: 5_242_880, checkpointCount: 2, newestCheckpoint: 1_700_000_000_000 },
  processMemory: 150_000_000,
  machineMemory: 16 * 2 ** 30,
};

export function sample(at: number, more: Partial<StatsSample> = {}): StatsSample {
  return { at, tokens: { sink: 1, system: 49, edit: 250 }, evicted: 0, ...more };
}

export function statsOf(more: Partial<StatsView> = {}): StatsView {
  return {
    now: 1_700_000_100_000,
    engine: { phase: 'ready', model: MODEL },
    window: WINDOW,
    facts: FACTS,
    history: { range: 'recent', since: 1_700_000_000_000, samples: [sample(1_700_000_050_000)] },
    leftOut: [{ reason: 'Files that hold secrets', count: 3 }],
    completions: { shown: 40, accepted: 12, characters: 380, judged: 10, kept: 9, since: 1_690_000_000_000 },
    versions: { extension: '0.1.0', editor: '1.105.0', system: 'linux x64' },
    ...more,
  };
}
