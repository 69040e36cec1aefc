/** Runs a script of this folder as a process of its own: it may end as it likes, and has its own environment. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from '../bundle.js';

export interface Ended {
  /** The last line that the script printed, parsed. */
  readonly said: unknown;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** @param script name of a file beside this one, without its ending. */
export async function runChild(script: string, parameters: unknown, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  await using bundled = await bundle(join(import.meta.dirname, `${script}.ts`));
  return await run(bundled.path, parameters, env);
}

function run(script: string, parameters: unknown, env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((end, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(parameters)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let said = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const last = said.trimEnd().split('\n').at(-1) ?? '';
      end({ said: last.startsWith('{') ? JSON.parse(last) : undefined, code, signal, output: said + output });
    });
  });
}
