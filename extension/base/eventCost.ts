export interface CostSummary {
  readonly events: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Measures what the handlers of an event take together, each time that it happens; only while somebody looks. */
export class EventCost {
  #samples: number[] | undefined;
  #last: object | undefined;

  start(): void {
    this.#samples = [];
  }

  stop(): CostSummary {
    const sorted = (this.#samples ?? []).sort((a, b) => a - b);
    this.#samples = undefined;
    const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return { events: sorted.length, p50: at(0.5), p99: at(0.99) };
  }

  /** Runs a handler. Handlers of the same event count as one. */
  measure(event: object, handler: () => void): void {
    const samples = this.#samples;
    if (!samples) {
      handler();
      return;
    }
    const start = performance.now();
    handler();
    const taken = performance.now() - start;
    if (event === this.#last) samples.push((samples.pop() ?? 0) + taken);
    else samples.push(taken);
    this.#last = event;
  }
}
