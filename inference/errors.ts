/**
 * The one table of errors that a person can meet: what happened, and what to do next.
 *
 * Anything else that is thrown is a bug of ours; it crosses the wire as `internal` with its own message.
 */
import type { ErrorCode, Remedy, UserError } from './views.js';

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly remedies: readonly Remedy[];

  constructor(code: ErrorCode, message: string, remedies: readonly Remedy[], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedies = remedies;
  }

  toUserError(): UserError {
    return { code: this.code, message: this.message, remedies: this.remedies };
  }
}

export const toUserError = (error: unknown): UserError =>
  error instanceof EngineError
    ? error.toUserError()
    : {
        code: 'internal',
        message: `Something went wrong inside Endless: ${messageOf(error)}. Restart the engine; if it happens again, the log tells more.`,
        remedies: ['retry', 'showLog'],
      };

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const otherModel: readonly Remedy[] = ['chooseModel', 'useBuiltInModel'];

export const modelNotFound = (path: string): EngineError =>
  new EngineError(
    'modelNotFound',
    `There is no model file at ${path}. Choose another file, or use the built-in model.`,
    otherModel,
  );

export const modelNotGguf = (path: string): EngineError =>
  new EngineError(
    'modelNotGguf',
    `${path} is not a GGUF file. Endless runs GGUF models of llama.cpp: choose another file, or use the built-in model.`,
    otherModel,
  );

export const modelTruncated = (path: string, detail = 'it ends before its last tensor'): EngineError =>
  new EngineError(
    'modelTruncated',
    `${path} is incomplete or damaged: ${detail}. Download it again, choose another file, or use the built-in model.`,
    ['retry', ...otherModel],
  );

export const modelUnreadable = (path: string, detail: string): EngineError =>
  new EngineError(
    'modelLoadFailed',
    `${path} cannot be read: ${detail}. Check the permissions of the file, choose another one, or use the built-in model.`,
    ['retry', ...otherModel],
  );

export const modelUnsupported = (path: string, reason: string): EngineError =>
  new EngineError(
    'modelUnsupported',
    `Endless cannot run ${path}: ${reason}. Choose another model, or use the built-in one.`,
    otherModel,
  );

export const modelLoadFailed = (path: string, detail: string): EngineError =>
  new EngineError(
    'modelLoadFailed',
    `llama.cpp could not load ${path}: ${detail}. Try again, choose another model, or use the built-in one.`,
    ['retry', ...otherModel, 'showLog'],
  );

export const outOfMemory = (path: string, capacity: number): EngineError =>
  new EngineError(
    'outOfMemory',
    `There is not enough memory for ${path} with a window of ${capacity} tokens. Make endless.cache.capacity smaller, or choose a smaller model.`,
    ['openSettings', ...otherModel],
  );

export const backendFailed = (detail: string): EngineError =>
  new EngineError('backendFailed', `llama.cpp does not start on this machine: ${detail}. The log tells more.`, [
    'retry',
    'showLog',
  ]);

export const storageFailed = (path: string, detail: string): EngineError =>
  new EngineError(
    'storageFailed',
    `The session cannot be written to ${path}: ${detail}. Nothing that was written before is lost; free some space or check the folder's permissions, then try again.`,
    ['retry', 'showLog'],
  );

export const sessionInUse = (): EngineError =>
  new EngineError(
    'sessionInUse',
    'Another window of VS Code holds the session of this workspace. You can read it here; to write, close the other window and try again.',
    ['retry'],
  );

export const settingInvalid = (setting: string, detail: string): EngineError =>
  new EngineError('settingInvalid', `The setting ${setting} cannot be used: ${detail}.`, ['openSettings']);

export const nothingToUndo = (): EngineError =>
  new EngineError(
    'nothingToUndo',
    'There is no reset to undo: the window has not been reset, or what it held is no longer on the disk.',
    [],
  );

export const notPinned = (): EngineError =>
  new EngineError('notPinned', 'This note is not pinned any more: there is nothing to unpin.', []);

export const windowFull = (detail: string): EngineError => new EngineError('windowFull', detail, ['openSettings']);
