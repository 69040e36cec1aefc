/** npm, with what to do when it fails. */
import { runOrStop } from './run.mjs';

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/i;
const NO_SPACE = /ENOSPC/;
const NO_RIGHT = /EACCES|EPERM/;
const OUT_OF_STEP = /EUSAGE|in sync/;

/** @param {string} output */
export function npmRemedy(output) {
  if (NO_SPACE.test(output)) return 'The disk is full: free about 3 GB, then try again.';
  if (OUT_OF_STEP.test(output))
    return 'package.json and package-lock.json do not match: run `npm install`, then try again.';
  if (NO_RIGHT.test(output)) return 'npm may not write here: check who owns this folder, then try again.';
  if (NO_NETWORK.test(output))
    return 'npm could not reach its registry: check the network or the proxy, then try again.';
  return 'The lines above are what npm said. Try again; if it fails again, delete node_modules first.';
}

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export const npm = (args, options) =>
  runOrStop('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    ...options,
    happened: `\`npm ${args.join(' ')}\` failed in ${options.cwd}.`,
    next: npmRemedy,
  });
