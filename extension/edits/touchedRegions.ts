/** One change of a document, in lines; all that is known without looking at the text. */
export interface LineChange {
  /** First line that the change touched. */
  readonly start: number;
  /** Lines between the start and the end of what was replaced. */
  readonly removed: number;
  /** Line ends in what was put there. */
  readonly inserted: number;
}

interface Region {
  first: number;
  last: number;
  /** Number of the event that last touched it. */
  touched: number;
}

/** Lines between two changes that still count as "one place". */
const NEAR_LINES = 5;

/** More regions than this are kept as one: a formatter or a replacement across the file. */
const MAX_REGIONS = 32;

/**
 * Where a document was changed since its last settlement, in its present lines. Recording a change costs as much as
 * there are regions, whatever the size of the document.
 */
export class TouchedRegions {
  #regions: Region[] = [];
  #event = 0;

  get empty(): boolean {
    return this.#regions.length === 0;
  }

  /** Notes the changes of one event. Returns whether the person went elsewhere: no earlier region was touched. */
  record(changes: readonly LineChange[]): boolean {
    const earlier = this.#regions.length > 0;
    this.#event++;
    let near = false;
    // From the end to the start, as the editor hands them out: an earlier change does not move a later one.
    for (const change of [...changes].sort((a, b) => b.start - a.start)) near = this.#touch(change) || near;
    if (this.#regions.length > MAX_REGIONS) {
      this.#regions = [{ first: this.#first(), last: this.#last(), touched: this.#event }];
      return false;
    }
    return earlier && !near;
  }

  /** Whether the lines belong to what the latest event touched. */
  isActive(first: number, last: number): boolean {
    return this.#regions.some(
      (region) =>
        region.touched === this.#event && first <= region.last + NEAR_LINES && last >= region.first - NEAR_LINES,
    );
  }

  /** Forgets what the latest event did not touch. */
  keepActive(): void {
    this.#regions = this.#regions.filter((region) => region.touched === this.#event);
  }

  clear(): void {
    this.#regions = [];
  }

  #touch({ start, removed, inserted }: LineChange): boolean {
    const moved = inserted - removed;
    const merged: Region = { first: start, last: start + inserted, touched: this.#event };
    let near = false;
    const kept: Region[] = [];
    for (const region of this.#regions) {
      if (region.first <= start + removed + NEAR_LINES && region.last >= start - NEAR_LINES) {
        if (region.touched !== this.#event) near = true;
        merged.first = Math.min(merged.first, region.first);
        merged.last = Math.max(merged.last, region.last + moved);
      } else
        kept.push(
          region.first > start ? { ...region, first: region.first + moved, last: region.last + moved } : region,
        );
    }
    kept.push(merged);
    this.#regions = kept;
    return near;
  }

  #first(): number {
    return Math.min(...this.#regions.map((region) => region.first));
  }

  #last(): number {
    return Math.max(...this.#regions.map((region) => region.last));
  }
}
