/** How many tests passed and failed, as the test runners themselves write it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from '../paths.mjs';
import { run } from '../run.mjs';

/** @typedef {{ passed: number, failed: number, skipped?: number, output?: string }} Counts */

/** @param {readonly Counts[]} counts @returns {Counts} */
export function addUp(counts) {
  const sum = (key) => counts.reduce((total, part) => total + (part[key] ?? 0), 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

export const sentence = ({ passed, failed, skipped = 0 }) =>
  [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`]
    .filter(Boolean)
    .join(', ');

/** A program that counts no tests: it fails as one. */
export async function succeeds(file, args, options = {}) {
  const { code, output } = await run(file, args, { cwd: root, env: environment(), ...options });
  return { passed: 0, failed: code === 0 ? 0 : 1, output };
}

/**
 * A program that writes its counts as JSON to the file named by ENDLESS_COUNTS, or as `read` gets them from it.
 *
 * @param {string} file
 * @param {(counts: string) => readonly string[]} args given the file for the counts
 * @param {(json: any) => Counts} [read]
 * @returns {Promise<Counts>}
 */
export async function counted(file, args, read = (json) => json, options = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-counts-'));
  try {
    const countsFile = path.join(folder, 'counts.json');
    const env = { ...environment(), ENDLESS_COUNTS: countsFile };
    const { code, output } = await run(file, args(countsFile), { cwd: root, env, ...options });
    const text = await readFile(countsFile, 'utf8').catch(() => undefined);
    const counts = text === undefined ? { passed: 0, failed: 0 } : read(JSON.parse(text));
    // A runner that failed without a failed test did so before or after its tests: that is a failure too.
    const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
    return { ...counts, failed, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What vitest's JSON reporter writes. A file that could not be loaded has no tests, but is a failed suite. */
export function fromVitest({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests };
}
