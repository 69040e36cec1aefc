import * as v from 'valibot';
import { count, engine, spanKinds, window } from '../viewSchemas.js';
import type { StatsSample, ToStats } from './messages.js';

/** The check of everything that comes from the host, as in the panel's `incoming.ts`. */
const at = v.number();

const tokens = v.custom<StatsSample['tokens']>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([kind, number]) => kind in spanKinds && typeof number === 'number' && number >= 0),
);

const sample = v.object({
  at,
  tokens,
  evicted: count,
  surprisal: v.exactOptional(count),
  baseline: v.exactOptional(count),
  tokensPerSecond: v.exactOptional(count),
  latency: v.exactOptional(v.object({ median: count, p95: count, worst: count })),
});

const facts = v.object({
  block: count,
  pinnedTokens: count,
  positions: v.picklist(['cache', 'original']),
  keyType: v.string(),
  sinkTokens: v.array(v.string()),
  events: count,
  storage: v.object({
    journal: count,
    checkpoints: count,
    checkpointCount: count,
    newestCheckpoint: v.exactOptional(at),
  }),
  processMemory: count,
  machineMemory: count,
});

const stats = v.object({
  now: at,
  engine,
  window: v.exactOptional(window),
  facts: v.exactOptional(facts),
  history: v.object({ range: v.picklist(['recent', 'all']), since: at, samples: v.array(sample) }),
  leftOut: v.array(v.object({ reason: v.string(), count })),
  completions: v.object({ shown: count, accepted: count, characters: count, judged: count, kept: count, since: at }),
  versions: v.object({ extension: v.string(), editor: v.string(), system: v.string() }),
});

const toStats = v.variant('type', [
  v.object({ type: v.literal('stats'), stats }),
  v.object({ type: v.literal('tick'), now: at }),
]);

/** The message, or undefined if it is none that the page knows. */
export function parseToStats(data: unknown): ToStats | undefined {
  const result = v.safeParse(toStats, data);
  return result.success ? result.output : undefined;
}
