import type { EvictionPolicy } from '../../../inference/window/policy.js';
import { Window } from '../../../inference/window/window.js';

/** A window with its head, and a list that does what the sequence would do. */
export class ModelledWindow {
  readonly window: Window;
  readonly policy: EvictionPolicy;
  held: number[] = [];
  #next = 0;

  constructor(
    policy: EvictionPolicy,
    limits: { readonly capacity: number; readonly reserve: number },
    head: { readonly sinks: number; readonly pinned: number } = { sinks: 4, pinned: 10 },
  ) {
    this.policy = policy;
    this.window = new Window(limits);
    this.append('sink', head.sinks, { pinned: true });
    this.append('system', head.pinned, { pinned: true });
  }

  append(
    kind: 'sink' | 'system' | 'edit' | 'message' | 'reply',
    length: number,
    more: { pinned?: boolean; group?: number } = {},
  ): void {
    if (length === 0) return;
    this.window.open({
      kind,
      title: kind,
      at: 0,
      opening: Math.min(2, length),
      ...(kind === 'sink' || kind === 'system' ? {} : { eventId: this.#next + 1 }),
      ...more,
    });
    for (let left = length; left > 0;) {
      const plan = this.policy.plan(this.window, 1);
      if (plan.kind === 'evict') {
        for (const { start, end } of [...plan.ranges].reverse()) this.held.splice(start, end - start);
        this.window.evict(plan.ranges);
      }
      const batch = Math.min(left, this.window.free);
      if (batch <= 0) throw new Error('full');
      const tokens = Array.from({ length: batch }, () => this.#next++);
      this.window.grow(tokens);
      this.held.push(...tokens);
      left -= batch;
    }
  }
}
