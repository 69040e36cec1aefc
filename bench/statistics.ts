/** NaN for no values. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Linear interpolation between the closest ranks. @param share 0: the least, 0.5: the median, 1: the greatest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * How sure a median is: its 95 % interval by ranks, from the binomial distribution of how many values lie below it.
 *
 * @param values independent of one another, some ten at the least.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const half = 0.98 / Math.sqrt(values.length);
  return [quantile(values, Math.max(0, 0.5 - half)), quantile(values, Math.min(1, 0.5 + half))];
}

/**
 * How sure a share is: its 95 % interval (Wilson, 1927), which also holds for few and for shares near all or nothing.
 *
 * @param asked at least one.
 * @returns from 0 to 1.
 */
export function shareInterval(right: number, asked: number): readonly [low: number, high: number] {
  const z = 1.96;
  const share = right / asked;
  const middle = share + z ** 2 / (2 * asked);
  const half = z * Math.sqrt((share * (1 - share)) / asked + z ** 2 / (4 * asked ** 2));
  const scale = 1 + z ** 2 / asked;
  // Rounding must not take it out of what a share can be.
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** @param logProbabilities natural logarithms. */
export const perplexity = (logProbabilities: readonly number[]): number => Math.exp(-mean(logProbabilities));

export interface TokenTimes {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

/** @param milliseconds one number for each token. */
export const tokenTimes = (milliseconds: readonly number[]): TokenTimes => ({
  mean: mean(milliseconds),
  median: median(milliseconds),
  p95: quantile(milliseconds, 0.95),
  worst: quantile(milliseconds, 1),
});

/**
 * The curve of a stream: for each bucket of positions the perplexity inside it.
 *
 * @param scored log-probability of the token at each position; undefined where it was not asked for.
 */
export function perplexityCurve(scored: readonly (number | undefined)[], bucket: number): [number, number][] {
  const curve: [number, number][] = [];
  for (let start = 0; start < scored.length; start += bucket) {
    const values = scored.slice(start, start + bucket).filter((value) => value !== undefined);
    if (values.length > 0) curve.push([start + Math.min(bucket, scored.length - start) / 2, perplexity(values)]);
  }
  return curve;
}

/**
 * How sure a mean is: half the width of its 95 % interval, from the means of blocks, since neighbouring tokens are not
 * independent.
 */
export function halfInterval(values: readonly number[], blocks = 20): number {
  const size = Math.floor(values.length / blocks);
  if (size < 2) return Number.NaN;
  const means = Array.from({ length: blocks }, (_, at) => mean(values.slice(at * size, (at + 1) * size)));
  const middle = mean(means);
  const variance = means.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (blocks - 1);
  return 1.96 * Math.sqrt(variance / blocks);
}
