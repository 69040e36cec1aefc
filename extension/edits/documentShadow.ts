import { applyBlocks, diffBlocks, type Block } from './lineDiff.js';
import { splitLines } from './lines.js';
import { TouchedRegions, type LineChange } from './touchedRegions.js';

/** What changed between two settlements. */
export interface Settlement {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly blocks: readonly Block[];
}

/** The text of one document as it was when its edits were last settled, and where it was changed since. */
export class DocumentShadow {
  #settled: string;
  readonly #regions = new TouchedRegions();

  constructor(text: string) {
    this.#settled = text;
  }

  get pending(): boolean {
    return !this.#regions.empty;
  }

  /** Notes a change; cheap. Returns whether the person went elsewhere, so that the earlier edits are settled. */
  record(changes: readonly LineChange[]): boolean {
    return this.#regions.record(changes);
  }

  /** Settles everything. */
  settleAll(text: string): Settlement {
    const settlement = this.#compare(text);
    this.#settled = text;
    this.#regions.clear();
    return settlement;
  }

  /** Settles what is not near the latest change; the rest stays pending. */
  settleEarlier(text: string): Settlement {
    const { before, after, blocks } = this.#compare(text);
    const left = blocks.filter(
      ({ newStart, added }) => !this.#regions.isActive(newStart, newStart + Math.max(0, added.length - 1)),
    );
    if (left.length > 0) this.#settled = applyBlocks(before, left).join('\n');
    this.#regions.keepActive();
    return { before, after, blocks: left };
  }

  #compare(text: string): Settlement {
    if (text === this.#settled) return { before: [], after: [], blocks: [] };
    const before = splitLines(this.#settled);
    const after = splitLines(text);
    return { before, after, blocks: diffBlocks(before, after) };
  }
}
