/** `npm run chat`: the engine in a terminal. Useful without an editor, and in reports of bugs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Engine } from '../inference/engine.js';
import { toUserError } from '../inference/errors.js';
import { Conversation } from './conversation.js';
import { parseOptions, USAGE, type Options } from './options.js';
import { stateFolder } from './stateFolder.js';
import { readTranscript, Transcript } from './transcript.js';

/** The bundle lies in dist/programs of the clone. */
const clone = dirname(dirname(import.meta.dirname));

const { stdin, stdout, stderr } = process;

async function main(): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(process.argv.slice(2), join(clone, 'models', 'endless-sink.gguf'));
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    return 2;
  }
  if (options.help) {
    stdout.write(`${USAGE}\n`);
    return 0;
  }
  await using folder = await sessionFolder(options);
  try {
    await using engine = await startEngine(options, folder.path);
    greet(engine);
    const conversation = new Conversation(engine, stdout);
    if (options.replay === undefined)
      await converse(conversation, new Transcript(join(folder.path, 'transcript.jsonl')));
    else await replay(conversation, await readTranscript(options.replay));
    return 0;
  } catch (error) {
    stderr.write(`${toUserError(error).message}\n`);
    return 1;
  }
}

/** A replay without a session of its own gets one that goes with it. */
async function sessionFolder(options: Options): Promise<AsyncDisposable & { readonly path: string }> {
  const keep = (path: string): AsyncDisposable & { readonly path: string } => ({
    path,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
  if (options.session !== undefined) return keep(options.session);
  if (options.replay === undefined) return keep(stateFolder());
  const path = await mkdtemp(join(tmpdir(), 'endless-replay-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const startEngine = (options: Options, storagePath: string): Promise<Engine> =>
  Engine.start(
    {
      modelPath: options.model,
      builtIn: options.builtIn,
      storagePath,
      gpu: options.gpu,
      threads: options.threads,
      cache: {
        policy: options.policy,
        capacity: options.capacity,
        sinks: options.sinks,
        block: options.block,
        pinnedBudget: 0.25,
        reserve: 0,
      },
      chat: { temperature: options.temperature, maxTokens: options.maxTokens },
    },
    {
      output: {
        handleEvent: () => undefined,
        handleReplyDelta: (_, text) => stdout.write(text),
        handleWindowChanged: () => undefined,
        handleProblem: (error) => stderr.write(`${toUserError(error).message}\n`),
      },
      handleProgress: () => undefined,
      handleSessionFree: () => undefined,
      handleNotice: (message) => stderr.write(`${message}\n`),
      handleLog: () => undefined,
    },
  );

/** To the side, so that stdout holds nothing but the conversation. */
function greet({ started: { model, resumed } }: Engine): void {
  if (model.readOnly) stderr.write('Another process holds this session; here it can only be read.\n');
  const sinks = model.sinks === 1 ? '1 sink token' : `${model.sinks} sink tokens`;
  stderr.write(`${model.name}, ${sinks}. ${model.policyReason ?? ''}\n`);
  if (resumed.events > 0)
    stderr.write(`The session goes on: ${resumed.events} events, ${resumed.tokens} tokens in the window.\n`);
  stderr.write('/help lists the commands.\n');
}

async function converse(conversation: Conversation, transcript: Transcript): Promise<void> {
  const lines = createInterface({ input: stdin, ...(stdin.isTTY ? { output: stdout } : {}), prompt: '› ' });
  lines.on('SIGINT', () => {
    if (!conversation.stop()) lines.close();
  });
  prompt(lines);
  // Lines that come while the model answers wait: the iterator keeps them in order.
  for await (const line of lines) {
    transcript.add(line);
    if (!(await conversation.handle(line))) break;
    prompt(lines);
  }
  lines.close();
}

function prompt(lines: Interface): void {
  if (stdin.isTTY) lines.prompt();
}

async function replay(conversation: Conversation, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    stdout.write(`› ${input}\n`);
    if (!(await conversation.handle(input))) return;
  }
}

process.exitCode = await main();
