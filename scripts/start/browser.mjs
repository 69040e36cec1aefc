/** The workbench in the person's browser. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { Problem } from '../problem.mjs';
import { addressOf, installExtension, machineSettings, startServer, userSettings } from '../workbench/server.mjs';
import { changeSettings, QUIET } from '../workbench/settings.mjs';

const OPENERS = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * @param {{ folder: string, vsix: string, workspace: string, trusted: boolean, model?: string, port?: number }} options
 */
export async function startBrowserWorkbench({ folder, vsix, workspace, trusted, model, port }) {
  if (port !== undefined && !(await isFree(port)))
    throw new Problem(`Port ${port} is taken.`, 'Choose another with `--port N`, or leave `--port` out.');
  await changeSettings(userSettings(folder), QUIET);
  if (model !== undefined) await changeSettings(machineSettings(folder), {}, { 'endless.model.path': model });
  await installExtension(folder, vsix);
  const access = await accessOf(folder);
  const server = await startServer({
    folder,
    token: access.token,
    port: port ?? ((await isFree(access.port)) ? access.port : 0),
    args: trusted ? ['--disable-workspace-trust'] : [],
  });
  await writeFile(fileOf(folder), JSON.stringify({ ...access, port: server.port }), { mode: 0o600 });
  return { server, address: addressOf(server, workspace) };
}

const fileOf = (folder) => path.join(folder, 'access.json');

/**
 * The port and the token of the last start: a browser keeps the layout of the workbench by its address. The token keeps
 * other users of the machine out, for whom an open workbench would be a shell in this person's name.
 */
async function accessOf(folder) {
  try {
    return JSON.parse(await readFile(fileOf(folder), 'utf8'));
  } catch {
    return { port: 0, token: randomBytes(16).toString('hex') };
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Opens the address in a browser, if the machine has one; the address was printed anyway. */
export function openInBrowser(address) {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
