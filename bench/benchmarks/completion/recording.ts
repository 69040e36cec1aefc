import type { Block } from '../../../extension/edits/lineDiff.js';

/** One step of somebody's work: in a file, some lines are taken out and others are written in their place. */
export interface Step {
  /** Steps of one job have to do with one another: a commit, or a package. */
  readonly job: string;
  readonly path: string;
  /** The file before, line by line. */
  readonly before: readonly string[];
  /** Index of the first line that changes. */
  readonly at: number;
  /** Lines taken out. */
  readonly removed: number;
  /** Lines written. */
  readonly added: readonly string[];
}

/** The file when the step is done. */
export function afterStep({ before, at, removed, added }: Step): readonly string[] {
  return [...before.slice(0, at), ...added, ...before.slice(at + removed)];
}

export function blockOf({ before, at, removed, added }: Step): Block {
  return { oldStart: at, removed: before.slice(at, at + removed), newStart: at, added };
}

/** Lines that somebody writes without a pause: then an edit settles. */
const LINES_AT_ONCE = 3;

/** A step as the edits that settle while it is written, a few lines each. */
export function editsOfStep(step: Step): Step[] {
  const edits: Step[] = [];
  let { before, removed } = step;
  for (let line = 0; line === 0 || line < step.added.length; line += LINES_AT_ONCE) {
    const added = step.added.slice(line, line + LINES_AT_ONCE);
    const edit: Step = { ...step, before, at: step.at + line, removed, added };
    edits.push(edit);
    before = afterStep(edit);
    removed = 0;
  }
  return edits;
}

/**
 * The steps that lead from one text to the next, from top to bottom, each seeing those before it.
 *
 * @param blocks between the two texts
 */
export function stepsBetween(job: string, path: string, before: readonly string[], blocks: readonly Block[]): Step[] {
  let now = before;
  return blocks.map(({ newStart, removed, added }) => {
    const step: Step = { job, path, before: now, at: newStart, removed: removed.length, added };
    now = afterStep(step);
    return step;
  });
}
