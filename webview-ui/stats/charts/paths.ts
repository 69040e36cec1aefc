import { xOf, yOf, type Frame } from './scale.js';

/** A value at a moment; `undefined` where there was none. */
export interface Point {
  readonly at: number;
  readonly value: number | undefined;
}

/**
 * Layers stacked on one another, each as the path of its area. A state holds until the next moment, and the last one
 * until the end of the time axis, so the edges are steps.
 *
 * @param moments oldest first
 * @param heights the height of every layer at a moment, the lowest first
 */
export function stackedAreas<T extends { readonly at: number }>(
  frame: Frame,
  moments: readonly T[],
  heights: (moment: T) => readonly number[],
): readonly string[] {
  const stacks = moments.map((moment) => {
    let sum = 0;
    return { x: xOf(frame, moment.at), edges: [0, ...heights(moment).map((height) => (sum += height))] };
  });
  const layers = Math.max(0, ...stacks.map(({ edges }) => edges.length - 1));
  const end = xOf(frame, frame.to);
  return Array.from({ length: layers }, (_, layer) => {
    const edge = (index: number): readonly Corner[] =>
      stacks.map(({ x, edges }) => ({ x, y: yOf(frame, edges[index] ?? 0) }));
    return areaBetween(edge(layer + 1), edge(layer), end);
  });
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function areaBetween(upper: readonly Corner[], lower: readonly Corner[], end: number): string {
  const [first] = upper;
  if (!first || upper.every(({ y }, index) => y === lower[index]?.y)) return '';
  const forth = upper.slice(1).map(({ x, y }) => `H${x}V${y}`);
  const back = lower.toReversed().map(({ x, y }) => `V${y}H${x}`);
  return `M${first.x} ${first.y}${forth.join('')}H${end}${back.join('')}Z`;
}

export interface LineOptions {
  /** The last value is still so at the end of the time axis. */
  readonly hold: boolean;
  /** Milliseconds between two values above which they are not joined; absent: they always are. */
  readonly gap?: number;
}

/** The path of a line. It breaks where there is no value; a value alone is drawn as a short dash. */
export function linePath(frame: Frame, points: readonly Point[], { hold, gap = Infinity }: LineOptions): string {
  let path = '';
  let before: { readonly at: number; readonly value: number; readonly alone: boolean } | undefined;
  const dot = (): void => {
    // Long enough to be seen.
    if (before?.alone) path += 'h2';
  };
  for (const { at, value } of points) {
    const joined = before !== undefined && value !== undefined && at - before.at <= gap;
    if (!joined) dot();
    if (value !== undefined) path += `${joined ? 'L' : 'M'}${xOf(frame, at)} ${yOf(frame, value)}`;
    before = value === undefined ? undefined : { at, value, alone: !joined };
  }
  if (before && hold) return `${path}H${xOf(frame, frame.to)}`;
  dot();
  return path;
}

/** What was so at a moment: the last sample not after it. */
export function sampleAt<T extends { readonly at: number }>(samples: readonly T[], at: number): T | undefined {
  return samples.findLast((sample) => sample.at <= at);
}

/** When something left the window: the moments at which more had been evicted than before. */
export function evictionTimes(
  samples: readonly { readonly at: number; readonly evicted: number }[],
): readonly number[] {
  return samples
    .filter(({ evicted }, index) => evicted > (samples[index - 1]?.evicted ?? Infinity))
    .map(({ at }) => at);
}

/** The moments at which the values rise above `top`, once for as long as they stay there. */
export function runsAbove(points: readonly Point[], top: number): readonly number[] {
  let above = false;
  return points
    .filter(({ value = 0 }) => {
      const begins = value > top && !above;
      above = value > top;
      return begins;
    })
    .map(({ at }) => at);
}

/** Of numbers in order, those that are far enough from the one before that stayed. */
export function apart(places: readonly number[], least: number): readonly number[] {
  const kept: number[] = [];
  for (const place of places) if (place - (kept.at(-1) ?? -Infinity) >= least) kept.push(place);
  return kept;
}
