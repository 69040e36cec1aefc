"""Source text for the tests and the miniature: written for this repository, so that no corpus is needed."""
import random

from ..sessions import code
from ..sessions.generator import Session

CART = '''import { Item } from './item';
import { round } from './money';

/** Orders that have been paid. */
export class Cart extends Basket {
  private items: Item[] = [];

  constructor(private readonly owner: string) {
    super();
  }

  /** Returns the price of all items. */
  total(): number {
    let sum = 0;
    for (const item of this.items) {
      sum += item.price * item.count;
    }
    const rounded = round(sum);
    return rounded;
  }

  add(item: Item, count = 1): void {
    const entry = this.items.find((other) => other.id === item.id);
    if (entry) {
      entry.count += count;
      return;
    }
    this.items.push({ ...item, count });
  }
}

/** Splits a header line into its name and its value. */
export function parseHeader(line: string, limit: number): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 0) {
    throw new Error('no colon');
  }
  const name = line.slice(0, colon).trim();
  const value = line.slice(colon + 1, limit).trim();
  return [name, value];
}
'''

QUEUE = '''import { EventEmitter } from 'node:events';

export interface Job {
  id: number;
  run(): Promise<void>;
}

/** Runs jobs one after another. */
export class Queue extends EventEmitter {
  private waiting: Job[] = [];
  private busy = false;

  /** Adds a job and starts the queue if it rests. */
  push(job: Job): void {
    this.waiting.push(job);
    if (!this.busy) {
      void this.drain();
    }
  }

  async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const next = this.waiting.shift();
      const started = Date.now();
      await next?.run();
      this.emit('done', next?.id, Date.now() - started);
    }
    this.busy = false;
  }
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

// Waits for some milliseconds.
export function sleep(delay: number): Promise<void> {
  const timer = new Promise<void>((resolve) => setTimeout(resolve, delay));
  return timer;
}
'''

SOURCES = [code.parse("lib/cart.ts", CART), code.parse("src/queue.ts", QUEUE)]


def session(seed: int, steps: int = 40) -> Session:
    s = Session(random.Random(seed), SOURCES)
    s.begin()
    for _ in range(steps):
        s.step()
    return s
