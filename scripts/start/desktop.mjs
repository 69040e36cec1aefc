/** The desktop VS Code, with a profile of our own so that the person's is not touched. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from '../processes.mjs';
import { runOrStop } from '../run.mjs';
import { changeSettings, QUIET } from '../workbench/settings.mjs';

const NAMES = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
/** Where VS Code lies on machines that do not have it on PATH. */
const USUAL = {
  darwin: ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'],
  win32: [path.join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd')],
}[process.platform];

/**
 * The `code` program, or undefined where it is missing or could open no window: without a screen, and as root, for whom
 * VS Code refuses to run. The one in the terminal of a remote VS Code takes no profile and is passed over.
 */
export function findCode(searchPath = process.env.PATH ?? '', env = process.env) {
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  if (process.getuid?.() === 0) return undefined;
  const onPath = searchPath
    .split(path.delimiter)
    .filter((folder) => folder && !folder.includes('remote-cli'))
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...(USUAL ?? [])].find((file) => existsSync(file));
}

/**
 * Opens a window and resolves to what waits for its end and what ends it.
 *
 * @param {{ code: string, folder: string, vsix: string, workspace: string, trusted: boolean, model?: string }} options
 */
export async function openDesktop({ code, folder, vsix, workspace, trusted, model }) {
  const data = path.join(folder, 'data');
  const profile = ['--user-data-dir', data, '--extensions-dir', path.join(folder, 'extensions')];
  const changes = model === undefined ? {} : { 'endless.model.path': model };
  await changeSettings(path.join(data, 'User', 'settings.json'), QUIET, changes);
  await runOrStop(code, [...profile, '--install-extension', vsix, '--force'], {
    happened: `VS Code did not take ${path.basename(vsix)}.`,
    next: () => `Delete ${folder} and dist/vsix, then try again, or use \`npm start -- --browser\`.`,
  });
  const trust = trusted ? ['--disable-workspace-trust'] : [];
  const child = start(code, [...profile, ...trust, '--new-window', '--wait', workspace], { stdio: 'inherit' });
  const closed = new Promise((resolve) => child.once('exit', resolve));
  return { closed, endWindow: () => endWindow(data) };
}

/** `code` starts the window outside its own process group; the window leaves its process id in the profile. */
async function endWindow(data) {
  const id = Number(await readFile(path.join(data, 'code.lock'), 'utf8').catch(() => ''));
  if (!id) return;
  try {
    process.kill(id, 'SIGTERM');
    for (let waited = 0; waited < 8000; waited += 50) {
      process.kill(id, 0);
      await sleep(50);
    }
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended, which is what we want.
  }
}
