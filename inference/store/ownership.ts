import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, storageFailed } from '../errors.js';

/**
 * One process owns a session. The lock is an exclusive transaction on a small database of its own: the operating system
 * frees it when the process ends, however it ends, so there is no stale lock to clean up.
 *
 * @returns the lock, or undefined when another process holds it.
 */
function takeOwnership(folder: string): Disposable | undefined {
  const path = join(folder, 'owner.db');
  try {
    mkdirSync(folder, { recursive: true });
    const database = new DatabaseSync(path, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (/locked|busy/i.test(messageOf(error))) return undefined;
      throw error;
    }
    return { [Symbol.dispose]: () => database.close() };
  } catch (error) {
    throw storageFailed(path, messageOf(error));
  }
}

/** Milliseconds between two tries. The system tells nobody when a lock on a file is free. */
const RETRY = 200;

/**
 * Tries for a while: a window of VS Code that reloads starts its new engine while the old one is still saving.
 *
 * @param signal ends the waiting; it resolves to undefined then, as after `limit` milliseconds.
 */
export async function waitForOwnership(
  folder: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Disposable | undefined> {
  const end = performance.now() + limit;
  for (;;) {
    const owner = takeOwnership(folder);
    if (owner !== undefined || performance.now() >= end || signal?.aborted === true) return owner;
    await sleep(RETRY);
  }
}
