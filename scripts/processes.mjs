/**
 * Programs that we start, each in a process group of its own, so that ending one ends all that it started and a Ctrl-C
 * reaches us alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const windows = process.platform === 'win32';
/** Milliseconds in which a program may end by itself after its leader was asked to, and its group after that. */
const GRACE = { leader: 8000, group: 2000, killed: 2000 };
const alive = new Set();

/** Like `child_process.spawn`; the group is known to `endAll` until the program ends. */
export function start(file, args, options = {}) {
  // npm and code are .cmd files on Windows, which only a shell can run.
  const shell = windows && !file.endsWith('.exe');
  const child = spawn(shell ? quote(file) : file, shell ? args.map(quote) : args, {
    detached: !windows,
    shell,
    windowsHide: true,
    ...options,
  });
  alive.add(child);
  child.once('error', () => alive.delete(child));
  child.once('exit', () => alive.delete(child));
  return child;
}

const quote = (text) => (/[\s&()^"]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text);

/** Asks the program to end, then its whole group, then kills what is left. Resolves when nothing is. */
export async function end(child) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return;
  }
  const group = -child.pid;
  signal(child.pid, 'SIGTERM');
  if (await gone(group, GRACE.leader)) return;
  signal(group, 'SIGTERM');
  if (await gone(group, GRACE.group)) return;
  signal(group, 'SIGKILL');
  await gone(group, GRACE.killed);
}

export const endAll = () => Promise.all([...alive].map((child) => end(child)));

function signal(id, name) {
  try {
    process.kill(id, name);
    return true;
  } catch {
    return false; // It ended by itself meanwhile.
  }
}

/** Whether the group is empty within `limit` ms. The system tells nobody when a group empties, so we ask. */
async function gone(group, limit) {
  for (const start = Date.now(); Date.now() - start < limit; await sleep(25)) if (!signal(group, 0)) return true;
  return !signal(group, 0);
}

/**
 * Calls `stop` at the first Ctrl-C, closed terminal or kill; later ones wait for the same end.
 *
 * @param {(reason: string) => Promise<void>} stop
 * @returns {{ begun?: Promise<void> }} `begun` is set once a signal has come
 */
export function onStopSignal(stop) {
  const state = {};
  const begin = (reason) => (state.begun ??= stop(reason));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, begin);
  // npm hands a signal on to the shell that it ran us with, and some shells keep it: then all we see is the shell gone.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || begin('orphaned'), 500).unref();
  return state;
}
