/** A workbench with a profile of its own in a temporary folder, all of which is gone afterwards. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  addressOf,
  installExtension,
  machineSettings,
  startServer,
  userSettings,
} from '../../scripts/workbench/server.mjs';
import { changeSettings, QUIET } from '../../scripts/workbench/settings.mjs';

/**
 * @param {object} options
 * @param {string} [options.vsix] installed before the start
 * @param {readonly string[]} [options.args]
 * @param {Record<string, string>} [options.env]
 * @param {Record<string, unknown>} [options.settings] of the user
 * @param {Record<string, unknown>} [options.machine] settings of a machine scope
 * @param {boolean} [options.trusted] whether workspaces are trusted without asking
 */
export async function startTestServer({ vsix, args = [], env = {}, settings = {}, machine = {}, trusted = true } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-test-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const profile = path.join(folder, 'profile');
    await changeSettings(userSettings(profile), { ...QUIET, ...settings });
    await changeSettings(machineSettings(profile), machine);
    if (vsix) await installExtension(profile, vsix);
    await mkdir(path.join(folder, 'home'));
    const server = await startServer({
      folder: profile,
      args: [...(trusted ? ['--disable-workspace-trust'] : []), ...args],
      env: { HOME: path.join(folder, 'home'), LANG: 'C.UTF-8', ...env },
    });
    const stop = async () => {
      await server.stop();
      await remove();
    };
    const addressOfFolder = (workspace) => addressOf(server, workspace);
    /** Keeps the server's log and the extension's for a look after a failure. */
    const keepLogs = async (to) => {
      await mkdir(to, { recursive: true });
      await cp(server.log, path.join(to, 'server.log'));
      await cp(path.join(profile, 'data', 'logs'), path.join(to, 'logs'), { recursive: true }).catch(() => undefined);
    };
    return { ...server, profile, stop, keepLogs, addressOf: addressOfFolder };
  } catch (error) {
    await remove();
    throw error;
  }
}
