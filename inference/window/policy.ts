import type { PolicyName } from '../views.js';
import type { Range } from './span.js';
import type { Window } from './window.js';

/** What has to happen before `need` more tokens fit. */
export type EvictionPlan =
  | { readonly kind: 'fits' }
  /** Erase these ranges (joined, ascending); the later tokens keep their KV and move down. */
  | { readonly kind: 'evict'; readonly ranges: readonly Range[] }
  /** Nothing may leave. */
  | { readonly kind: 'full' };

/** Which tokens leave: a pure function of the layout. Storage and llama.cpp are elsewhere. */
export interface EvictionPolicy {
  readonly name: PolicyName;
  /** After an eviction the rest of the window is evaluated again instead of being shifted. */
  readonly recompute: boolean;
  plan(window: Window, need: number): EvictionPlan;
}
