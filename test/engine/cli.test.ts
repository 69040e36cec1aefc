import { spawn } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Conversation, type Terminal } from '../../cli/conversation.js';
import { replayRun } from '../../cli/replay.js';
import { readTranscript, Transcript } from '../../cli/transcript.js';
import { Engine } from '../../inference/engine.js';
import { recorder, startParams, temporaryFolder } from './fixture.js';

const root = resolve(import.meta.dirname, '../..');

/** The client as `npm run chat` starts it; stdin is a pipe. */
async function chat(
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, ['scripts/bundleAndRun.mjs', 'cli/main.ts', ...args], {
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

/** What was answered: a replay shows the inputs too. */
const answers = (output: string): string =>
  output
    .split('\n')
    .filter((line) => !line.startsWith('› '))
    .join('\n')
    .trim();

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
  const [run, ...others] = await readTranscript(transcript);
  expect(others).toEqual([]);
  expect(run?.start).toMatchObject({ settings: { maxTokens: 48, gpu: 'off', threads: 1 }, resumed: { events: 0 } });
  expect(run?.inputs.map(({ input }) => input)).toEqual(lines);

  // With the options of the first time.
  const first = await chat(['--replay', transcript]);
  const second = await chat(['--replay', transcript]);
  expect(first.code, first.errors).toBe(0);
  expect(second.output).toBe(first.output);
  expect(answers(first.output)).toBe(typed.output.trim());
});

test('a replay ends and starts where the session did, and stops an answer where it was stopped', async () => {
  await using folder = await temporaryFolder();
  const session = join(folder.path, 'session');
  const options = ['--session', session, '--gpu', 'off', '--threads', '1', '--capacity', '256', '--max-tokens', '40'];
  const inputs = ['Hello', 'Write a function that adds two numbers.', 'And one that subtracts.', '/quit', 'Never read'];
  const one = await chat(options, inputs.slice(0, 4).join('\n'));
  const two = await chat(options, 'What did I ask first?\nAnd then?\n/stats\n');
  expect([one.code, two.code]).toEqual([0, 0]);

  const transcript = join(session, 'transcript.jsonl');
  const runs = await readTranscript(transcript);
  expect(runs.map(({ start }) => start?.resumed)).toMatchObject([{ events: 0 }, { events: 6, from: 'checkpoint' }]);
  const replayed = await chat(['--replay', transcript]);
  expect(replayed.code, replayed.errors).toBe(0);
  const times = /\d+(\.\d+)? (ms|s|tokens\/s)\b/g;
  expect(answers(replayed.output).replace(times, '')).toBe(
    `${one.output.trim()}\n${two.output.trim()}`.replace(times, ''),
  );
});

test('an answer that was stopped is replayed as far as it came', async () => {
  await using folder = await temporaryFolder();
  const engine = (name: string): Promise<Engine> =>
    Engine.start(startParams(join(folder.path, name), { chat: { maxTokens: 200 } }), recorded);
  const recorded = recorder();
  const path = join(folder.path, 'transcript.jsonl');
  const transcript = new Transcript(path);
  const said: string[] = [];
  const terminal: Terminal = { write: () => undefined };
  {
    await using live = await engine('live');
    const conversation = new Conversation({
      engine: live,
      terminal,
      handleStopped: (tokens) => transcript.addStopped(tokens),
    });
    recorded.handleDelta = () => {
      if (recorded.deltas.length === 7) setImmediate(() => conversation.stop());
    };
    for (const input of ['What can you do?', 'Who are you?']) {
      transcript.addInput(input);
      await conversation.handle(input);
    }
    said.push(...live.journal.page(10).events.map(({ text }) => text));
  }
  const [run] = await readTranscript(path);
  expect(run?.inputs[0]?.stopped).toBeGreaterThanOrEqual(7);
  expect(run?.inputs[1]?.stopped).toBeUndefined();
  recorded.handleDelta = () => undefined;
  await using again = await engine('again');
  await replayRun(again, terminal, run!);
  expect(again.journal.page(10).events.map(({ text }) => text)).toEqual(said);
});

test('what cannot be replayed is refused with the reason and the way on', async () => {
  await using folder = await temporaryFolder();
  const session = join(folder.path, 'session');
  const transcript = join(session, 'transcript.jsonl');
  const options = ['--session', session, '--gpu', 'off', '--threads', '1', '--max-tokens', '8'];
  await chat(options, 'Hello\n');
  const copy = join(folder.path, 'copy');
  await cp(session, copy, { recursive: true });
  await rm(transcript);
  const goneOn = await chat(options, 'And now?\n');

  const fresh = await chat(['--replay', transcript]);
  expect(fresh.code).toBe(1);
  expect(fresh.errors).toMatch(/held 2 events already, and 0 are here.*--session/);
  // With the session as it was then, it is exact.
  const onCopy = await chat(['--replay', transcript, '--session', copy]);
  expect(onCopy.code, onCopy.errors).toBe(0);
  expect(answers(onCopy.output)).toBe(goneOn.output.trim());

  const [start] = (await readFile(transcript, 'utf8')).split('\n');
  const change = async (from: RegExp, to: string): Promise<string> => {
    const path = join(folder.path, 'changed.jsonl');
    await writeFile(path, start!.replace(/"events":2,"tokens":\d+/, '"events":0,"tokens":0').replace(from, to));
    return path;
  };
  const random = await chat(['--replay', await change(/"temperature":0/, '"temperature":0.7')]);
  expect(random.code).toBe(1);
  expect(random.errors).toMatch(/at random.*--temperature 0/);
  const other = await chat(['--replay', await change(/"model":"[0-9a-f]{64}"/, '"model":"other"')]);
  expect(other.code).toBe(1);
  expect(other.errors).toMatch(/another model.*--model/);
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
