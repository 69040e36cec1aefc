/**
 * The one table of errors that a person can meet: what happened, and what to do next.
 *
 * Anything else that is thrown is a bug of ours; it crosses the wire as `internal` with its own message.
 */
import * as l10n from '@vscode/l10n';
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
        message: l10n.t(
          'Something went wrong inside Endless: {0}. Restart the engine; if it happens again, the log tells more.',
          messageOf(error),
        ),
        remedies: ['retry', 'showLog'],
      };

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const otherModel: readonly Remedy[] = ['chooseModel', 'useBuiltInModel'];

export const modelNotFound = (path: string): EngineError =>
  new EngineError(
    'modelNotFound',
    l10n.t('There is no model file at {0}. Choose another file, or use the built-in model.', path),
    otherModel,
  );

export const modelNotGguf = (path: string): EngineError =>
  new EngineError(
    'modelNotGguf',
    l10n.t(
      '{0} is not a GGUF file. Endless runs GGUF models of llama.cpp: choose another file, or use the built-in model.',
      path,
    ),
    otherModel,
  );

export const modelTruncated = (path: string, detail = l10n.t('it ends before its last tensor')): EngineError =>
  new EngineError(
    'modelTruncated',
    l10n.t(
      '{0} is incomplete or damaged: {1}. Download it again, choose another file, or use the built-in model.',
      path,
      detail,
    ),
    ['retry', ...otherModel],
  );

export const modelUnreadable = (path: string, detail: string): EngineError =>
  new EngineError(
    'modelLoadFailed',
    l10n.t(
      '{0} cannot be read: {1}. Check the permissions of the file, choose another one, or use the built-in model.',
      path,
      detail,
    ),
    ['retry', ...otherModel],
  );

export const modelUnsupported = (path: string, reason: string): EngineError =>
  new EngineError(
    'modelUnsupported',
    l10n.t('Endless cannot run {0}: {1}. Choose another model, or use the built-in one.', path, reason),
    otherModel,
  );

export const modelLoadFailed = (path: string, detail: string): EngineError =>
  new EngineError(
    'modelLoadFailed',
    l10n.t(
      'llama.cpp could not load {0}: {1}. Try again, choose another model, or use the built-in one.',
      path,
      detail,
    ),
    ['retry', ...otherModel, 'showLog'],
  );

export const outOfMemory = (path: string, capacity: number): EngineError =>
  new EngineError(
    'outOfMemory',
    l10n.t(
      'There is not enough memory for {0} with a window of {1} tokens. Make endless.cache.capacity smaller, or choose a smaller model.',
      path,
      capacity,
    ),
    ['openSettings', ...otherModel],
  );

export const backendFailed = (detail: string): EngineError =>
  new EngineError(
    'backendFailed',
    l10n.t('llama.cpp does not start on this machine: {0}. The log tells more.', detail),
    ['retry', 'showLog'],
  );

/** @param detail what SQLite or the operating system says */
export const storageFailed = (path: string, detail: string): EngineError =>
  /malformed|not a database/.test(detail) ? storageDamaged(path, detail) : storageUnwritable(path, detail);

const storageDamaged = (path: string, detail: string): EngineError =>
  new EngineError(
    'storageFailed',
    l10n.t(
      'The journal of the session, {0}, is damaged: {1}. It was left as it is. Put a copy in its place, or move it away to begin a new session, then try again.',
      path,
      detail,
    ),
    ['retry', 'showLog'],
  );

const storageUnwritable = (path: string, detail: string): EngineError =>
  new EngineError(
    'storageFailed',
    l10n.t(
      "The session cannot be written to {0}: {1}. Nothing that was written before is lost; free some space or check the folder's permissions, then try again.",
      path,
      detail,
    ),
    ['retry', 'showLog'],
  );

export const sessionInUse = (): EngineError =>
  new EngineError(
    'sessionInUse',
    l10n.t(
      'Another window of VS Code holds the session of this workspace. You can read it here; to write, close the other window and try again.',
    ),
    ['retry'],
  );

export const settingInvalid = (setting: string, detail: string): EngineError =>
  new EngineError('settingInvalid', l10n.t('The setting {0} cannot be used: {1}.', setting, detail), ['openSettings']);

export const nothingToUndo = (): EngineError =>
  new EngineError(
    'nothingToUndo',
    l10n.t('There is no reset to undo: the window has not been reset, or what it held is no longer on the disk.'),
    [],
  );

export const notPinned = (): EngineError =>
  new EngineError('notPinned', l10n.t('This note is not pinned any more: there is nothing to unpin.'), []);

export const windowFull = (detail: string): EngineError => new EngineError('windowFull', detail, ['openSettings']);

export const noteTooLarge = (tokens: number, used: number, budget: number): EngineError =>
  windowFull(
    l10n.t(
      'This note takes {0} tokens, and {1} of the {2} for pinned text are in use. Shorten it, unpin something, or raise endless.cache.pinnedBudget.',
      tokens,
      used,
      budget,
    ),
  );
