import type { KvCounters } from '../llama/kvSequence.js';
import type { EventId, WindowView } from '../views.js';
import type { SessionCore } from './core.js';

/** What the session itself knows of the window. */
export interface WindowFacts {
  /** Most tokens that pinned spans may take. */
  readonly pinnedTokens: number;
  readonly resets: number;
  /** While the window holds no event, the model sees nothing older than this one. */
  readonly emptyFrom: EventId | undefined;
}

/** The window as it is shown, with everything that was counted since the session was opened. */
export function windowView({ live, speed }: SessionCore, kv: KvCounters, facts: WindowFacts): WindowView {
  const { window, counters } = live;
  const horizon = window.horizon() ?? facts.emptyFrom;
  return {
    capacity: window.limits.capacity,
    reserve: window.limits.reserve,
    pinnedBudget: facts.pinnedTokens,
    used: window.used + window.branch.length,
    spans: window.views(),
    ...(horizon === undefined ? {} : { horizon }),
    policy: live.policy.name,
    counters: {
      streamed: counters.streamed,
      generated: kv.generated,
      evaluated: kv.evaluated,
      branched: counters.branched,
      reEvaluated: counters.recomputed + kv.unasked,
      evicted: counters.evicted,
      moved: kv.moved,
      evictions: counters.evictions,
      resets: facts.resets,
      prefillMs: kv.prefillMs,
      decodeMs: kv.decodeMs,
      shiftMs: kv.shiftMs,
    },
    speed: speed.view,
    health: live.health.view,
  };
}
