import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { SINK_MODEL, temporaryFolder } from './fixture.js';

const root = resolve(import.meta.dirname, '../..');

/** The client as `npm run chat` starts it; stdin is a pipe. */
async function chat(
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, ['scripts/bundleAndRun.mjs', 'cli/main.ts', '--model', SINK_MODEL, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
    return text;
  };
  child.stdin.end(input);
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const [code, output, errors] = await Promise.all([closed, read(child.stdout), read(child.stderr)]);
  return { code, output, errors };
}

test('a session through a pipe leaves a transcript, and two replays of it say the same', async () => {
  await using folder = await temporaryFolder();
  const session = join(folder.path, 'session');
  const lines = [
    'Hello',
    'Write a function that adds two numbers.',
    '/reset',
    'What did I change last?',
    '/save',
    '/quit',
  ];
  const typed = await chat(
    ['--session', session, '--gpu', 'off', '--threads', '1', '--max-tokens', '48'],
    lines.map((line) => `${line}\n`).join(''),
  );
  expect(typed.code, typed.errors).toBe(0);
  expect(typed.output).toContain('tokens left the window');
  expect(typed.output).toContain('Saved');

  const transcript = join(session, 'transcript.jsonl');
  const inputs = (await readFile(transcript, 'utf8')).trim().split('\n');
  expect(inputs.map((line) => (JSON.parse(line) as { input: string }).input)).toEqual(lines);

  const first = await chat(['--replay', transcript, '--max-tokens', '48']);
  const second = await chat(['--replay', transcript, '--max-tokens', '48']);
  expect(first.code, first.errors).toBe(0);
  expect(second.output).toBe(first.output);
  // Apart from the inputs, which a replay shows, it is what was answered the first time.
  const answers = first.output.split('\n').filter((line) => !line.startsWith('› '));
  expect(answers.join('\n').trim()).toBe(typed.output.trim());
});

test('what cannot work is said with what to do', async () => {
  await using folder = await temporaryFolder();
  const broken = join(folder.path, 'broken.jsonl');
  await writeFile(broken, '{"input":"Hello"}\n{"output":"no"}\n');
  const policy = await chat(['--policy', 'none']);
  expect(policy.code).toBe(2);
  expect(policy.errors).toContain('--policy none is none of sink, window, recompute, dense');
  const replay = await chat(['--replay', broken]);
  expect(replay.code).toBe(1);
  expect(replay.errors).toContain('Line 2 of the transcript');
});
