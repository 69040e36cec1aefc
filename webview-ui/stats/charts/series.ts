import type { StatsSample } from '../messages.js';

/** One thing that a chart shows: a layer or a line, an entry of its legend, a column of its table. */
export interface Series {
  readonly name: string;
  /** Class of its swatch. */
  readonly mark: string;
  /** What a sample says of it; empty where it says nothing. */
  readonly text: (sample: StatsSample) => string;
}

/** How many rows stand in the table of a chart. */
const ROWS = 10;

/** Moments evenly spread over a time axis, the newest first. */
export function tableMoments(from: number, to: number): readonly number[] {
  return Array.from({ length: ROWS }, (_, index) => to - (index * (to - from)) / ROWS);
}
