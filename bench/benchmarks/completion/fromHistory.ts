import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { diffBlocks } from '../../../extension/edits/lineDiff.js';
import { splitLines } from '../../../extension/edits/lines.js';
import { isHandwritten } from '../../text/sources.js';
import { stepsBetween, type Step } from './recording.js';

const run = promisify(execFile);

const CODE = /\.(?:ts|tsx|mjs)$/;

/** A commit of more files is no one's afternoon. */
const MOST_FILES = 20;

/** Lines of one step; more was not typed. */
const MOST_LINES = 40;

const MOST_STEPS = 24;

/**
 * How this project was written: the commits of its own history, each change of each file in the order of the file. Empty
 * where there is no history.
 */
export async function stepsFromHistory(root: string, count: number): Promise<readonly Step[]> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await run('git', ['-c', 'core.quotePath=off', ...args], { cwd: root, maxBuffer: 2 ** 28 })).stdout;
  const log = await git('log', '--reverse', '--no-merges', '--format=%H').catch(() => '');
  const steps: Step[] = [];
  for (const commit of log.split('\n').filter(Boolean)) {
    if (steps.length >= count) break;
    const changed = await git('diff-tree', '-r', '--no-commit-id', '--name-status', '--no-renames', commit);
    const files = changed.split('\n').flatMap((line) => {
      const [status, path] = line.split('\t');
      return status === 'M' && path !== undefined && CODE.test(path) ? [path] : [];
    });
    if (files.length === 0 || files.length > MOST_FILES) continue;
    const ofCommit: Step[] = [];
    for (const path of files) {
      const [before, after] = await Promise.all([git('show', `${commit}^:${path}`), git('show', `${commit}:${path}`)]);
      if (!isHandwritten(before)) continue;
      const lines = splitLines(before);
      ofCommit.push(...stepsBetween(commit.slice(0, 7), path, lines, diffBlocks(lines, splitLines(after))));
    }
    steps.push(...ofCommit.filter(({ added }) => added.length <= MOST_LINES).slice(0, MOST_STEPS));
  }
  return steps.slice(0, count);
}
