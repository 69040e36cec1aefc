import { applyBlocks, type Block } from '../../../extension/edits/lineDiff.js';
import { isBlank, splitLines } from '../../../extension/edits/lines.js';
import { readSources, type Source } from '../../text/sources.js';
import { stepsBetween, type Step } from './recording.js';

/** Lines of a part that somebody writes in one go. */
const LEAST_LINES = 4;
const MOST_LINES = 30;

/** Files and steps of one package, so that no single hand weighs too much. */
const MOST_FILES = 6;
const MOST_STEPS = 18;

/** Declarations only: nobody completes those. */
const DECLARATIONS = /\.d\.[cm]?ts$/;

/**
 * Work that is derived from the sources of dependencies on which no built-in model was trained: of each file every second
 * part between blank lines is missing at first, and is then written, from top to bottom, file after file. The same in every
 * clone.
 */
export async function stepsFromSources(root: string, count: number): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let files: Source[] = [];
  for await (const source of readSources(root)) {
    if (DECLARATIONS.test(source.path)) continue;
    if (files[0] !== undefined && files[0].package !== source.package) {
      steps.push(...stepsOfPackage(files));
      files = [];
      if (steps.length >= count) break;
    }
    files.push(source);
  }
  if (steps.length < count) steps.push(...stepsOfPackage(files));
  return steps.slice(0, count);
}

function stepsOfPackage(files: readonly Source[]): Step[] {
  const steps = files.map((file) => stepsOfFile(file)).filter((each) => each.length > 0);
  // A package of one small file is no session.
  return steps.length < 2 ? [] : steps.slice(0, MOST_FILES).flat().slice(0, MOST_STEPS);
}

export function stepsOfFile({ package: name, path, text }: Source): Step[] {
  const lines = splitLines(text);
  const missing = partsOf(lines).filter((_, index) => index % 2 === 1);
  const gaps = missing.map((part): Block => ({ oldStart: part.newStart, removed: part.added, newStart: 0, added: [] }));
  return stepsBetween(name, `${name}/${path}`, applyBlocks(lines, gaps), missing);
}

/** The parts between blank lines that are neither too short nor too long. */
function partsOf(lines: readonly string[]): Block[] {
  const parts: Block[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start;
    while (end < lines.length && !isBlank(lines[end] ?? '')) end += 1;
    const added = lines.slice(start, end);
    if (added.length >= LEAST_LINES && added.length <= MOST_LINES)
      parts.push({ oldStart: start, removed: [], newStart: start, added });
    start = end + 1;
  }
  return parts;
}
