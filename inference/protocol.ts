/**
 * Every request and notification between the extension host and the engine process, typed once.
 *
 * The wire is JSON-RPC (vscode-jsonrpc) over the IPC channel of the forked child. A request is cancelled by its
 * CancellationToken; the engine answers a cancelled `ask` with what it had written so far, never with an error.
 */
import { NotificationType, NotificationType0, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { EventId, EventView, ModelView, PolicyName, SessionFacts, UserError, WindowView } from './views.js';

/** The `data` of every ResponseError. */
export type EngineErrorData = UserError;

export interface CacheSettings {
  readonly policy: PolicyName;
  /** Tokens of the window; 0: chosen from the model's trained context. */
  readonly capacity: number;
  /** Sink tokens; -1: chosen from the model (1 with a trained sink token, else 4). */
  readonly sinks: number;
  /** Least tokens erased at once. */
  readonly block: number;
  /** Share of the capacity that pinned spans may take, 0 to 1. */
  readonly pinnedBudget: number;
  /** Tokens kept free for completions; 0: a quarter of the capacity, within bounds. */
  readonly reserve: number;
  /** Type of the K cache: `f16` (also when absent) or `q8_0`. The engine refuses others, and says why. */
  readonly keyType?: string;
}

export interface StartParams {
  /** Absolute path of a GGUF file. */
  readonly modelPath: string;
  /** Whether the file is one that came with the extension. */
  readonly builtIn: boolean;
  /** Folder of the journal and the checkpoints; made if missing. */
  readonly storagePath: string;
  readonly cache: CacheSettings;
  readonly gpu: 'auto' | 'cuda' | 'vulkan' | 'metal' | 'off';
  /** 0: chosen from the machine. */
  readonly threads: number;
  /** Most layers on the GPU; absent: as many as its memory holds. */
  readonly gpuLayers?: number;
  readonly flashAttention?: 'auto' | 'on' | 'off';
  /** Tokens of one llama_decode while text is taken in; absent: 256. */
  readonly batchSize?: number;
  readonly chat: ChatSettings;
  /** What the model is told of the workspace, one line: pinned with the system prompt, unless the model has one of its own. */
  readonly workspace?: string;
}

export interface ChatSettings {
  readonly temperature: number;
  /** Most tokens of one reply. */
  readonly maxTokens: number;
}

export interface StartResult {
  readonly model: ModelView;
  readonly resumed: {
    /** Events found in the journal. */
    readonly events: number;
    /** Tokens put back into the window. */
    readonly tokens: number;
    /** Where the window came from: the saved KV state, or the text of the journal evaluated anew. */
    readonly from: 'checkpoint' | 'journal';
    readonly milliseconds: number;
    /** The reply that the end of the last process cut off, now marked interrupted. */
    readonly interruptedReply?: EventId;
  };
}

export interface AskParams {
  readonly text: string;
}

export interface AskResult {
  readonly messageId: EventId;
  readonly replyId: EventId;
  readonly text: string;
  /** `length`: the most tokens of one reply were reached. `loop`: the model only repeated itself. */
  readonly stopped: 'end' | 'cancelled' | 'length' | 'loop';
}

/** What the extension takes in from the editor. */
export interface IncomingEvent {
  readonly kind: 'edit' | 'outline' | 'memory';
  readonly title: string;
  readonly text: string;
  /** Earlier events that this one makes worthless: they leave the window before anything else. */
  readonly supersedes?: readonly EventId[];
}

export interface CompleteParams {
  /** Workspace-relative path, with `/`. */
  readonly path: string;
  /** Text before the start of the cursor's line. */
  readonly prefix: string;
  /** The cursor's line up to the cursor. */
  readonly typed: string;
  /** Text after the cursor. */
  readonly suffix: string;
  /** Most tokens to generate. */
  readonly maxTokens: number;
  /** Stop at the first line end. */
  readonly singleLine: boolean;
  /** Texts wanted; absent: one. Those after the likeliest are sampled. */
  readonly candidates?: number;
}

export interface CompleteResult {
  /** What to insert at the cursor; empty when the model had nothing. */
  readonly text: string;
  /** Geometric mean of the probabilities of the tokens of `text`, 0 to 1. */
  readonly confidence: number;
  /** More texts, each different from all the others; absent when none were wanted. */
  readonly others?: readonly string[];
  /** Tokens evaluated for this request, the reused ones not counted. */
  readonly evaluated: number;
  readonly milliseconds: number;
}

export interface TranscriptParams {
  /** Events older than this one; absent: the newest. */
  readonly before?: EventId;
  readonly limit: number;
}

export interface TranscriptPage {
  /** Oldest first. */
  readonly events: readonly EventView[];
  readonly more: boolean;
}

export interface SearchParams {
  readonly text: string;
  readonly limit: number;
}

export interface SearchResult {
  /** Newest first. */
  readonly ids: readonly EventId[];
  readonly more: boolean;
}

export interface WindowTextPart {
  readonly spanId: number;
  readonly kind: string;
  readonly title: string;
  /** The exact text that the model sees, template markers included. */
  readonly text: string;
}

export const start = new RequestType<StartParams, StartResult, EngineErrorData>('engine/start');
export const shutdown = new RequestType0<null, EngineErrorData>('engine/shutdown');
export const ask = new RequestType<AskParams, AskResult, EngineErrorData>('session/ask');
export const append = new RequestType<readonly IncomingEvent[], readonly EventId[], EngineErrorData>('session/append');
export const complete = new RequestType<CompleteParams, CompleteResult, EngineErrorData>('session/complete');
export const recall = new RequestType<EventId, EventId, EngineErrorData>('session/recall');
/**
 * Takes the pin off a memory. It becomes an ordinary event, or leaves the window when what came after it has left.
 * Resolves to the number of tokens that left.
 */
export const unpin = new RequestType<EventId, number, EngineErrorData>('session/unpin');
/** "Reset Window". Resolves to the number of tokens that left. */
export const reset = new RequestType0<number, EngineErrorData>('session/reset');
/** "Undo Reset": brings the window back as it was before the last reset. Resolves to the number of tokens in it. */
export const undoReset = new RequestType0<number, EngineErrorData>('session/undoReset');
/** Evaluates the window again, for when its cache seems damaged. Resolves to the number of tokens. */
export const reAnchor = new RequestType0<number, EngineErrorData>('session/reAnchor');
export const transcript = new RequestType<TranscriptParams, TranscriptPage, EngineErrorData>('journal/transcript');
/** Events whose text holds a text, in any case. */
export const search = new RequestType<SearchParams, SearchResult, EngineErrorData>('journal/search');
/** The first event at or after a moment (milliseconds since 1970), else the last one; null in an empty journal. */
export const eventAt = new RequestType<number, EventId | null, EngineErrorData>('journal/eventAt');
/** How many tokens each text would take in the window as a question. */
export const countTokens = new RequestType<readonly string[], readonly number[], EngineErrorData>(
  'session/countTokens',
);
export const windowText = new RequestType0<readonly WindowTextPart[], EngineErrorData>('window/text');
/** The text of one span, by its id; null when it has left the window. */
export const spanText = new RequestType<number, string | null, EngineErrorData>('window/spanText');
/** The window now, without waiting for the next `windowChanged`. */
export const windowNow = new RequestType0<WindowView, EngineErrorData>('window/now');
/** What the sink stats tell besides the window. */
export const facts = new RequestType0<SessionFacts, EngineErrorData>('session/facts');

/** Loading and resuming, in words. */
export const progress = new NotificationType<{ readonly detail: string }>('engine/progress');
/** A session that could only be read has lost its owner: start the engine again to own it. */
export const sessionFree = new NotificationType0('session/free');
/** Something the person should know that is no error. */
export const notice = new NotificationType<{ readonly message: string }>('engine/notice');
export const log = new NotificationType<{
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}>('engine/log');
/** At most four times a second, and once after the last change. */
export const windowChanged = new NotificationType<WindowView>('window/changed');
/** A new event, or the final state of a reply. */
export const eventAdded = new NotificationType<EventView>('session/event');
/** More text of the reply that is being written. */
export const replyDelta = new NotificationType<{ readonly replyId: EventId; readonly text: string }>(
  'session/replyDelta',
);
