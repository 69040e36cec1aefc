/** The engine as the extension runs it: a process of its own, spoken to by the protocol. For the tests that kill it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';

const root = resolve(import.meta.dirname, '../..');

/** The engine's bundle, made for this test run; inside the repository, so that it finds node-llama-cpp. */
export async function bundleEngine(): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await mkdtemp(join(root, 'node_modules', '.endless-engine-'));
  const path = join(folder, 'engine.mjs');
  await build({
    entryPoints: [join(root, 'inference/main.ts')],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['node-llama-cpp'],
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export interface EngineProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  /** SIGKILL, and wait until it is gone. */
  kill(): Promise<void>;
}

export function startProcess(bundle: string, env: NodeJS.ProcessEnv = {}): EngineProcess {
  const child = fork(bundle, [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const kill = async (): Promise<void> => {
    connection.dispose();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { child, connection, kill, [Symbol.asyncDispose]: kill };
}
