/** Settings files of a VS Code profile. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.mjs';

/** What makes a profile quiet: no welcome page, no other assistant, no telemetry, no look-ups on the network. */
export const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // A browser's workbench saves by itself, a desktop does not: the same in both.
  'files.autoSave': 'off',
  // The profile and its sample lie inside the clone of Endless, which is not what is being worked on.
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Changes a settings file, keeping what the person has in it.
 *
 * @param {string} file
 * @param {Record<string, unknown>} defaults written where the person has set nothing
 * @param {Record<string, unknown>} [changes] written over what is there
 */
export async function changeSettings(file, defaults, changes = {}) {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let present;
  try {
    present = JSON.parse(text);
  } catch {
    if (Object.keys(changes).length === 0) return;
    throw new Problem(
      `${file} has comments or a mistake in it, so that it cannot be changed from here.`,
      `Set ${Object.keys(changes).join(', ')} there by hand, or delete the file, then try again.`,
    );
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...defaults, ...present, ...changes }, null, 2)}\n`);
}
