/** Which stages to run, in which order. */
import { Problem } from '../problem.mjs';

/**
 * The named stages with what they need, in the order of the list; all of them when none is named.
 *
 * @template {{ name: string, needs: readonly string[] }} Stage
 * @param {readonly Stage[]} stages each after what it needs
 * @param {readonly string[]} names
 * @returns {readonly Stage[]}
 */
export function choose(stages, names) {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const chosen = new Set();
  const add = (name) => {
    const stage = byName.get(name);
    if (!stage)
      throw new Problem(
        `There is no stage "${name}".`,
        `Choose among ${stages.map((stage) => stage.name).join(', ')}.`,
      );
    stage.needs.forEach(add);
    chosen.add(stage);
  };
  (names.length > 0 ? names : [...byName.keys()]).forEach(add);
  return stages.filter((stage) => chosen.has(stage));
}
