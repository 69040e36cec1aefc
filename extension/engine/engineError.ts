import type { UserError } from '../../inference/views.js';

/** An error that a person meets: its message says what happened, its remedies what to do next. */
export class EngineError extends Error {
  readonly userError: UserError;

  constructor(userError: UserError) {
    super(userError.message);
    this.name = 'EngineError';
    this.userError = userError;
  }
}

/** A request that was cancelled, or that nobody waits for any more. Never shown, never logged as an error. */
export class RequestCancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'RequestCancelledError';
  }
}

export function isUserError(data: unknown): data is UserError {
  if (typeof data !== 'object' || data === null) return false;
  const { code, message, remedies } = data as Partial<UserError>;
  return typeof code === 'string' && typeof message === 'string' && Array.isArray(remedies);
}
