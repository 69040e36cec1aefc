import type { LocalModel } from '../llama/localModel.js';
import type { CheckpointStore } from '../store/checkpoints.js';
import type { Journal } from '../store/journal.js';
import type { EventId } from '../views.js';
import type { CacheOptions } from './cacheOptions.js';
import type { ChatOptions } from './chatTurn.js';
import type { SessionOutput } from './core.js';

export interface SessionOptions {
  readonly model: LocalModel;
  readonly journal: Journal;
  readonly checkpoints: CheckpointStore;
  /** Names the model file, models/modelHash.ts. */
  readonly modelHash: string;
  readonly cache: CacheOptions;
  readonly chat: ChatOptions;
  /** One line about the workspace, for the system prompt. */
  readonly workspace?: string;
  readonly output: SessionOutput;
  readonly now: () => number;
  /** Another process writes this session; here it can only be read. */
  readonly readOnly: boolean;
  readonly log: (level: 'info' | 'warn', message: string) => void;
}

export interface Resumed {
  /** Events in the journal. */
  readonly events: number;
  /** Tokens that are back in the window. */
  readonly tokens: number;
  readonly from: 'checkpoint' | 'journal';
  readonly milliseconds: number;
  /** The reply that the end of the last process cut off. */
  readonly interruptedReply?: EventId;
}

export interface Incoming {
  readonly kind: 'edit' | 'outline' | 'memory';
  readonly title: string;
  readonly text: string;
  /** Earlier events that this one makes worthless: they leave the window before anything else. */
  readonly supersedes?: readonly EventId[];
}
