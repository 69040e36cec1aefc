import type { EvictionPlan, EvictionPolicy } from './policy.js';
import type { Window } from './window.js';

/** No eviction: the baseline that ends when the window is full. */
export class DensePolicy implements EvictionPolicy {
  readonly name = 'dense';
  readonly recompute = false;

  plan(window: Window, need: number): EvictionPlan {
    return need <= window.free ? { kind: 'fits' } : { kind: 'full' };
  }
}
