import { spawn } from 'node:child_process';

/** What bench/reference/paper_cache.py is asked. */
export interface ReferenceTask {
  readonly model: string;
  readonly tokens: readonly number[];
  readonly sinks: number;
  readonly capacity: number;
  readonly block: number;
}

/** Where a Python with PyTorch may be: the system's own has it on Debian (python3-torch). */
const CANDIDATES = ['/usr/bin/python3', 'python3'];

/** @returns a Python that has PyTorch, if there is one. */
export async function findPyTorch(): Promise<string | undefined> {
  for (const python of CANDIDATES) {
    const { code } = await runPython(python, ['-c', 'import torch, numpy'], '', () => undefined);
    if (code === 0) return python;
  }
  return undefined;
}

/** @returns the log-probability of each token but the first. */
export async function scoreWithPyTorch(
  python: string,
  root: string,
  task: ReferenceTask,
  handleTokens: (done: number) => void,
): Promise<number[]> {
  const args = ['-m', 'bench.reference.paper_cache'];
  const handleLine = (line: string): void => {
    if (/^\d+$/.test(line)) handleTokens(Number(line));
  };
  const { code, output, errors } = await runPython(python, args, JSON.stringify(task), handleLine, root);
  if (code !== 0) throw new Error(`The reference failed: ${errors.trim().split('\n').at(-1) ?? ''}`);
  return (JSON.parse(output) as { readonly scores: number[] }).scores;
}

async function runPython(
  python: string,
  args: readonly string[],
  input: string,
  handleErrorLine: (line: string) => void,
  cwd?: string,
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const child = spawn(python, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    for (const line of text.split('\n')) handleErrorLine(line.trim());
  });
  // A Python that does not start has no stdin to write to; its error is reported above.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return { code: await ended, output, errors };
}
