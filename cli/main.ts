/** `npm run chat`: the engine in a terminal. Useful without an editor, and in reports of bugs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Engine } from '../inference/engine.js';
import { toUserError } from '../inference/errors.js';
import { hashModel } from '../inference/models/modelHash.js';
import { Conversation } from './conversation.js';
import { parseOptions, settingsOf, USAGE, type Options, type Settings } from './options.js';
import { ReplayError, replayRun, requireReplayable, requireSameBeginning } from './replay.js';
import { stateFolder } from './stateFolder.js';
import { readTranscript, Transcript } from './transcript.js';

/** The bundle lies in dist/programs of the clone. */
const clone = dirname(dirname(import.meta.dirname));

const { stdin, stdout, stderr } = process;

async function main(): Promise<number> {
  let options: Options;
  try {
    options = optionsOf();
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
    if (options.replay === undefined) await converse(options, folder.path);
    else await replay(options.replay, folder.path);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof ReplayError ? error.message : toUserError(error).message}\n`);
    return 1;
  }
}

const optionsOf = (recorded?: Settings): Options =>
  parseOptions(process.argv.slice(2), join(clone, 'models', 'endless-sink.gguf'), recorded);

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

async function converse(options: Options, folder: string): Promise<void> {
  await using engine = await startEngine(options, folder);
  greet(engine);
  const transcript = new Transcript(join(folder, 'transcript.jsonl'));
  const { events, tokens, from } = engine.started.resumed;
  transcript.addStart({
    settings: settingsOf(options),
    model: await hashModel(options.model),
    resumed: { events, tokens, from },
  });
  const conversation = new Conversation({
    engine,
    terminal: stdout,
    handleStopped: (drawn) => transcript.addStopped(drawn),
  });
  const lines = createInterface({ input: stdin, ...(stdin.isTTY ? { output: stdout } : {}), prompt: '› ' });
  lines.on('SIGINT', () => {
    if (!conversation.stop()) lines.close();
  });
  prompt(lines);
  // Lines that come while the model answers wait: the iterator keeps them in order.
  for await (const line of lines) {
    transcript.addInput(line);
    if (!(await conversation.handle(line))) break;
    prompt(lines);
  }
  lines.close();
}

function prompt(lines: Interface): void {
  if (stdin.isTTY) lines.prompt();
}

/** Each run with an engine of its own, since a start has its part in what comes next. */
async function replay(path: string, folder: string): Promise<void> {
  for (const [index, run] of (await readTranscript(path)).entries()) {
    const options = optionsOf(run.start?.settings);
    // A model that is not there is not the one either.
    const model = await hashModel(options.model).catch(() => '');
    requireReplayable(run, { model, chosen: options.chosen });
    await using engine = await startEngine(options, folder);
    if (index === 0) greet(engine);
    requireSameBeginning(run, index + 1, engine.started.resumed);
    await replayRun(engine, stdout, run);
  }
}

process.exitCode = await main();
