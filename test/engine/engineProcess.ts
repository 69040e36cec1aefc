/** The engine as the extension runs it: a process of its own, spoken to by the protocol. For the tests that kill it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { bundle } from './bundle.js';

/** The engine's bundle, made for this test run. */
export function bundleEngine(): Promise<AsyncDisposable & { readonly path: string }> {
  return bundle(resolve(import.meta.dirname, '../../inference/main.ts'));
}

export interface EngineProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  /** SIGKILL, and wait until it is gone. */
  kill(): Promise<void>;
}

export function startProcess(engine: string, env: NodeJS.ProcessEnv = {}): EngineProcess {
  const child = fork(engine, [], {
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
