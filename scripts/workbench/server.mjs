/** Starts the workbench on 127.0.0.1 and stops it with all that it started. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pinnedNode } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { end, start } from '../processes.mjs';
import { runOrStop } from '../run.mjs';
import { serverProgram } from './install.mjs';

const LISTENING = /Extension host agent listening on (\d+)/;
/** Milliseconds; it takes less than one second on an idle machine. */
const START_LIMIT = 60_000;

/** Settings lie in two files: VS Code takes those of a `machine` scope from the machine's, all others from the user's. */
export const userSettings = (folder) => path.join(folder, 'data', 'User', 'settings.json');
export const machineSettings = (folder) => path.join(folder, 'data', 'Machine', 'settings.json');

const folders = (folder) => ['--server-data-dir', folder, '--extensions-dir', path.join(folder, 'extensions')];

/** Without what npm or the terminal of another VS Code put there, and without a gallery to look things up in. */
function environment(extra) {
  const foreign = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}', ...extra };
}

/** Installs a VSIX into the profile in `folder`. */
export async function installExtension(folder, vsix) {
  await mkdir(folder, { recursive: true });
  await runOrStop(pinnedNode, [serverProgram, ...folders(folder), '--install-extension', vsix, '--force'], {
    env: environment(),
    happened: `VS Code did not take ${path.basename(vsix)}.`,
    next: () => 'Delete dist/vsix and try again; if it fails again, the fault is ours: please report it.',
  });
}

/**
 * @param {object} options
 * @param {string} options.folder the profile
 * @param {number} [options.port] 0: a free one
 * @param {string} [options.token] without it whoever reaches the port gets in
 * @param {readonly string[]} [options.args]
 * @param {Record<string, string>} [options.env]
 */
export async function startServer({ folder, port = 0, token, args = [], env }) {
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, 'server.log');
  const tokenFile = path.join(folder, 'token');
  if (token) {
    // The server writes the token into its log as well.
    await chmod(folder, 0o700);
    // Not on the command line, which every user of the machine can read.
    await writeFile(tokenFile, token, { mode: 0o600 });
  }
  const child = start(
    pinnedNode,
    [
      serverProgram,
      ...folders(folder),
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...(token ? ['--connection-token-file', tokenFile] : ['--without-connection-token']),
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      // By default the extension host of a closed page lives on for three hours.
      ...['--reconnection-grace-time', '5'],
      ...args,
    ],
    { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  try {
    const actual = await portOf(child, log);
    return { child, log, origin: `http://127.0.0.1:${actual}`, port: Number(actual), token, stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** The address of a folder in the workbench, or of a .code-workspace file. */
export function addressOf({ origin, token }, workspace) {
  const address = new URL(origin);
  if (token) address.searchParams.set('tkn', token);
  address.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  return address.href;
}

function portOf(child, log) {
  const file = createWriteStream(log);
  let text = '';
  return new Promise((resolve, reject) => {
    const fail = (happened) =>
      reject(new Problem(happened, `The whole log is in ${log}.`, text.split('\n').slice(-30).join('\n')));
    const timer = setTimeout(() => fail('The workbench did not start within a minute.'), START_LIMIT);
    const found = (port) => {
      clearTimeout(timer);
      resolve(port);
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        file.write(chunk);
        text = (text + chunk).slice(-20_000);
        const match = LISTENING.exec(text);
        if (match) found(match[1]);
      });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      file.end();
      fail(`The workbench ended with code ${code} instead of starting.`);
    });
  });
}
