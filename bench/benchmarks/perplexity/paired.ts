import { figure } from '../../harness/format.js';
import { halfInterval, mean } from '../../statistics.js';
import type { Arm } from './arms.js';

/** Differences of the log-probabilities of two arms, over the positions that both scored after twice the capacity. */
function pairedDifferences(arm: Arm | undefined, other: Arm | undefined, capacity: number): number[] {
  const differences: number[] = [];
  for (let at = 2 * capacity; at < (arm?.scores.length ?? 0); at += 1) {
    const [one, two] = [arm?.scores[at], other?.scores[at]];
    if (one !== undefined && two !== undefined) differences.push(two - one);
  }
  return differences;
}

/** Perplexity of one arm over that of another, over the same positions. */
export const pairedRatio = (arm: Arm | undefined, other: Arm | undefined, capacity: number): number =>
  Math.exp(mean(pairedDifferences(arm, other, capacity)));

/** The ratio with its 95 % interval. */
export function pairedText(arm: Arm, other: Arm | undefined, capacity: number): string {
  const differences = pairedDifferences(arm, other, capacity);
  const half = halfInterval(differences);
  const interval = Number.isFinite(half) ? ` ± ${(100 * half).toFixed(1)} %` : '';
  return arm === other ? '1' : `${figure(Math.exp(mean(differences)), 4)}${interval}`;
}
