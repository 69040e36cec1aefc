import * as path from 'node:path';
import type { EventCost } from '../base/eventCost.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { CodeReader } from './codeReader.js';
import { Grammars } from './grammars.js';
import { SyntaxTrees } from './syntaxTrees.js';

/** Wires what reads code: the grammars that came with the extension, and the trees of open documents. */
export function readCode(extensionPath: string, cost: EventCost, log: Log, store: DisposableStore): CodeReader {
  const wasm = path.join(extensionPath, 'dist', 'grammars');
  const grammars = new Grammars(
    {
      runtime: path.join(wasm, 'runtime.wasm'),
      grammar: (name) => path.join(wasm, `${name}.wasm`),
      queries: (folder) => path.join(extensionPath, 'syntaxes', folder),
    },
    log,
  );
  return new CodeReader(store.add(new SyntaxTrees(grammars, cost)), grammars);
}
