import type { UserError } from '../../inference/views.js';
import type { EngineExit } from './engineProcess.js';

/** What the supervisor tells a person, in the language of the editor. */
export interface EngineTexts {
  starting(): string;
  restarting(): string;
  /** The engine process ended by itself and will be started again. */
  crashed(exit: EngineExit): UserError;
  /** It ended too often. */
  gaveUp(exit: EngineExit, times: number, builtIn: boolean): UserError;
  /** A request came while no engine runs. */
  notRunning(): UserError;
  /** Something that should not happen. */
  internal(reason: string): UserError;
}
