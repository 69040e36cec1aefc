/** What a chart shows, and on how many device-independent pixels. */
export interface Frame {
  /** The time axis, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** The value at the upper edge; the lower edge is 0. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels from the left edge; what lies outside the time axis is moved to its end. */
export function xOf({ from, to, width }: Frame, at: number): number {
  const share = to > from ? (at - from) / (to - from) : 0;
  return tenths(Math.min(1, Math.max(0, share)) * width);
}

/** Pixels from the upper edge. */
export function yOf({ top, height }: Frame, value: number): number {
  const share = top > 0 ? value / top : 0;
  return tenths((1 - Math.min(1, Math.max(0, share))) * height);
}

/** The moment under a pixel. */
export function timeAt({ from, to, width }: Pick<Frame, 'from' | 'to' | 'width'>, x: number): number {
  return width > 0 ? from + Math.min(1, Math.max(0, x / width)) * (to - from) : to;
}

/** Round values from 0 up to `top`, at most `most` steps: 0, 500, 1000, … */
export function valueTicks(top: number, most: number): readonly number[] {
  const step = roundStep(top / most);
  const count = Math.floor(top / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** The upper edge of an axis: a round value at or above the highest one that is shown. */
export function roundTop(highest: number, most: number): number {
  if (highest <= 0) return 1;
  const step = roundStep(highest / most);
  return Number((Math.ceil(highest / step - 1e-9) * step).toPrecision(12));
}

/** Times the middle value that a scale makes room for. What lies above would flatten all the others. */
const FAR = 4;

/** The highest of the values that are not far above the middle one. */
export function usualReach(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return sorted.findLast((value) => middle <= 0 || value <= FAR * middle) ?? 0;
}

/** 1, 2 or 5 times a power of ten, at or above `least`. */
function roundStep(least: number): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** More than a tenth of a pixel nobody sees, and paths stay short. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
