import * as l10n from '@vscode/l10n';
import { setTimeout } from 'node:timers/promises';
import { InsufficientMemoryError } from 'node-llama-cpp';
import { messageOf, modelLoadFailed, modelTruncated, modelUnsupported, outOfMemory } from '../errors.js';
import type { RuntimeOptions } from './runtime.js';

/** llama.cpp says only "failed to load": the reason stands in its log. */
export class LoadLog {
  readonly #forward: RuntimeOptions['log'];
  /** The first error since the beginning: the ones after it only repeat that loading failed. */
  reason = '';

  constructor(forward: RuntimeOptions['log']) {
    this.#forward = forward;
  }

  readonly write: RuntimeOptions['log'] = (level, message) => {
    if (level === 'error' && this.reason === '') this.reason = message.trim();
    this.#forward(level, message);
  };

  /** The addon's log comes by another way than its errors, and a little later at times. */
  async settle(): Promise<void> {
    for (let waited = 0; this.reason === '' && waited < MOST_LATE; waited += STEP) await setTimeout(STEP);
  }
}

/** Milliseconds. */
const MOST_LATE = 500;
const STEP = 20;

/** The error that a person meets when llama.cpp refuses a model. */
export function loadError(error: unknown, path: string, capacity: number, log: LoadLog): Error {
  const reason = withoutFunctionNames(log.reason);
  const detail = `${messageOf(error)} ${reason}`;
  if (error instanceof InsufficientMemoryError || /out of memory|failed to allocate|insufficient memory/i.test(detail))
    return outOfMemory(path, capacity);
  if (/not within the file bounds|corrupted or incomplete/i.test(detail)) return modelTruncated(path);
  const architecture = /unknown (?:model )?architecture:? *'?([^']*)'?/i.exec(reason)?.[1];
  if (architecture !== undefined)
    return modelUnsupported(
      path,
      l10n.t('this version of llama.cpp does not know its architecture, "{0}"', architecture),
    );
  return modelLoadFailed(path, reason === '' ? messageOf(error) : reason);
}

/** "llama_model_load: error loading model: missing tensor 'x'" to "missing tensor 'x'". */
const withoutFunctionNames = (text: string): string =>
  text.replace(/^(?:\w+: |error loading (?:model|model vocabulary|model hyperparameters): )+/, '');
