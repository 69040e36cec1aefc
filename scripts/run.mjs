/** Runs a program to its end. */
import { start } from './processes.mjs';
import { Problem } from './problem.mjs';

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>} both streams in the order in which they came
 */
export function run(file, args, { onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        chunks.push(text);
        onOutput?.(text);
      });
    child.once('error', (error) => {
      if (error.code !== 'ENOENT') return reject(error);
      reject(new Problem(`\`${file}\` was not found.`, 'Install it, or put its folder on PATH, then try again.'));
    });
    child.once('close', (code) => resolve({ code: code ?? 1, output: chunks.join('') }));
  });
}

/** As `run`, but anything but success is a problem that shows the end of the output. */
export async function runOrStop(file, args, { happened, next, ...options }) {
  const { code, output } = await run(file, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-30).join('\n');
  throw new Problem(happened, next(output), tail);
}
