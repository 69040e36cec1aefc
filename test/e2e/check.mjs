/** A test on a workbench, which leaves a picture and the logs behind when it fails. */
import { test } from 'node:test';
import path from 'node:path';
import { logs, screenshot } from './artifacts.mjs';

/** Milliseconds. */
const LIMIT = 180_000;

/**
 * @param {() => Awaited<ReturnType<import('./workbench.mjs').openWorkbench>>} workbench
 * @returns {(title: string, work: (workbench: any) => Promise<void>) => void}
 */
export function checksOn(workbench) {
  return (title, work) =>
    test(title, { timeout: LIMIT }, async () => {
      try {
        await work(workbench());
      } catch (error) {
        const name = title.replaceAll(/\W+/g, '-');
        await screenshot(workbench().page, `failed-${name}`).catch(() => undefined);
        await workbench().server.keepLogs(path.join(logs, name));
        throw error;
      }
    });
}
