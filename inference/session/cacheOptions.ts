import * as l10n from '@vscode/l10n';
import { settingInvalid } from '../errors.js';
import type { Capabilities } from '../llama/capabilities.js';
import type { GgufFacts } from '../llama/ggufFacts.js';
import type { CacheSettings } from '../protocol.js';
import { DensePolicy } from '../window/densePolicy.js';
import type { EvictionPolicy } from '../window/policy.js';
import { RollingPolicy } from '../window/rollingPolicy.js';

/** What the person asked for; 0 or -1 leave the choice to us. */
export type CacheWishes = Omit<CacheSettings, 'keyType'>;

export interface CacheOptions {
  readonly capacity: number;
  readonly reserve: number;
  readonly sinks: number;
  readonly sinkMode: 'trained' | 'initial' | 'none';
  /** Least tokens that leave at once. */
  readonly block: number;
  /** Most tokens that pinned spans may take. */
  readonly pinnedTokens: number;
  readonly policy: EvictionPolicy;
  /** Why the policy is not the one that was asked for. */
  readonly policyReason?: string;
}

/** Enough for a long session of a 7B model, in memory that a laptop has. */
const DEFAULT_CAPACITY = 8192;
const LEAST_CAPACITY = 128;
const MOST_RESERVE = 1536;

/** @throws EngineError `settingInvalid` when the capacity asked for cannot work. */
export function resolveCapacity(
  wishes: Pick<CacheWishes, 'capacity'>,
  facts: Pick<GgufFacts, 'trainedContext'>,
): number {
  const capacity = wishes.capacity > 0 ? wishes.capacity : Math.min(facts.trainedContext, DEFAULT_CAPACITY);
  if (capacity < LEAST_CAPACITY)
    throw settingInvalid(
      'endless.cache.capacity',
      l10n.t('a window of {0} tokens is too small, {1} is the least', capacity, LEAST_CAPACITY),
    );
  // Positions are positions in the cache, so a window within the trained range is all that a model ever needs.
  if (capacity > facts.trainedContext)
    throw settingInvalid(
      'endless.cache.capacity',
      l10n.t(
        'the model was trained with {0} tokens of context, and a window of {1} is more',
        facts.trainedContext,
        capacity,
      ),
    );
  return capacity;
}

/**
 * Sinks: 1 for a model that was trained with a sink token, 4 for ordinary ones (arXiv 2309.17453, Table 2: more add
 * little), 0 for models whose attention has learned sink logits of its own.
 */
export function resolveCache(wishes: CacheWishes, capacity: number, facts: GgufFacts, can: Capabilities): CacheOptions {
  const forced = !can.shift && (wishes.policy === 'sink' || wishes.policy === 'window');
  const policyName = forced ? 'recompute' : wishes.policy;
  const natural = facts.endless?.sink === 'trained' ? 1 : can.learnedSinks ? 0 : 4;
  const sinks = policyName === 'window' ? 0 : wishes.sinks >= 0 ? wishes.sinks : natural;
  const block = Math.min(wishes.block, Math.floor(capacity / 4));
  return {
    capacity,
    reserve:
      wishes.reserve > 0
        ? Math.min(wishes.reserve, Math.floor(capacity / 2))
        : Math.min(MOST_RESERVE, Math.floor(capacity / 4)),
    sinks,
    sinkMode: sinks === 0 ? 'none' : facts.endless?.sink === 'trained' ? 'trained' : 'initial',
    block,
    pinnedTokens: Math.floor(wishes.pinnedBudget * capacity),
    policy: policyName === 'dense' ? new DensePolicy(!can.shift) : new RollingPolicy({ name: policyName, block }),
    ...(forced && can.reason !== undefined
      ? { policyReason: l10n.t('This model runs with the policy "recompute", which is slower: {0}.', can.reason) }
      : {}),
  };
}
