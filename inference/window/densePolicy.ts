import type { EvictionPlan, EvictionPolicy } from './policy.js';
import type { Window } from './window.js';

/** No eviction: the baseline that ends when the window is full. */
export class DensePolicy implements EvictionPolicy {
  readonly name = 'dense';
  readonly recompute: boolean;

  /** @param recompute what leaves all the same (a reset, an unpinned note) leaves no gap that would have to be shifted. */
  constructor(recompute = false) {
    this.recompute = recompute;
  }

  plan(window: Window, need: number): EvictionPlan {
    return need <= window.free ? { kind: 'fits' } : { kind: 'full' };
  }
}
