/** A row of the virtual list: its key is its identity, its estimate stands in until it was measured. */
export interface ListRow {
  readonly key: string;
  /** Pixels. */
  readonly estimate: number;
  /** Does not keep its place among its neighbours, so that no scroll position may hang on it. */
  readonly floating?: boolean;
}

export interface ListRange {
  /** Index of the first row to draw. */
  readonly first: number;
  /** One past the last row to draw. */
  readonly end: number;
}

/** Heights that are kept beyond the present rows before they are tidied. */
const SPARE_HEIGHTS = 1000;

/** Where each row of the list stands: pure arithmetic over measured and estimated heights, in pixels. */
export class ListLayout {
  private rows: readonly ListRow[] = [];
  private indexes: ReadonlyMap<string, number> = new Map();
  private readonly heights = new Map<string, number>();
  /** `offsets[i]` is the top of row i; one more entry holds the total. */
  private offsets = new Float64Array(1);
  private stale = false;

  setRows(rows: readonly ListRow[]): void {
    this.rows = rows;
    this.indexes = new Map(rows.map((row, index) => [row.key, index]));
    this.stale = true;
    // Rows go for good when a long list is trimmed; what is known of them must not pile up.
    if (this.heights.size > 2 * rows.length + SPARE_HEIGHTS)
      for (const key of this.heights.keys()) if (!this.indexes.has(key)) this.heights.delete(key);
  }

  setHeight(key: string, height: number): void {
    if (this.heights.get(key) === height) return;
    this.heights.set(key, height);
    this.stale = true;
  }

  get count(): number {
    return this.rows.length;
  }

  get total(): number {
    return this.settledOffsets()[this.rows.length] ?? 0;
  }

  rowAt(index: number): ListRow | undefined {
    return this.rows[index];
  }

  indexOf(key: string): number | undefined {
    return this.indexes.get(key);
  }

  offsetOf(index: number): number {
    return this.settledOffsets()[Math.min(index, this.rows.length)] ?? 0;
  }

  /** The row that holds the pixel y: the last one that begins at or above it. */
  indexAt(y: number): number {
    const offsets = this.settledOffsets();
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((offsets[middle] ?? Infinity) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** The rows that touch the pixels from `top` to `bottom`. */
  rangeOf(top: number, bottom: number): ListRange {
    if (this.rows.length === 0) return { first: 0, end: 0 };
    return { first: this.indexAt(top), end: Math.min(this.rows.length, this.indexAt(bottom) + 1) };
  }

  private settledOffsets(): Float64Array {
    if (!this.stale) return this.offsets;
    this.stale = false;
    this.offsets = new Float64Array(this.rows.length + 1);
    let top = 0;
    this.rows.forEach((row, index) => {
      this.offsets[index] = top;
      top += this.heights.get(row.key) ?? row.estimate;
    });
    this.offsets[this.rows.length] = top;
    return this.offsets;
  }
}
