import { Item } from './item';
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
