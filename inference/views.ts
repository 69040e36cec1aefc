/**
 * What the engine shows of itself: plain data, no behaviour, no imports.
 *
 * The protocol (engine ↔ extension) and the panel's messages (extension ↔ webview) are both built from these types, so
 * that the panel can draw the window without knowing anything of the engine.
 */

/** Position of an event in the journal: 1 for the first event of the stream, growing by one, never reused. */
export type EventId = number;

/** What enters the stream. */
export type EventKind =
  | 'system' // the system prompt, pinned
  | 'memory' // a pinned note
  | 'message' // what the person asked
  | 'reply' // what the model answered
  | 'edit' // a settled edit, as a small diff
  | 'outline' // imports and signatures of a file
  | 'recall' // an evicted event brought back
  | 'reset' // "Reset Window": a mark in the journal, no tokens
  | 'undoReset' // "Undo Reset": the last reset does not count
  | 'unpin'; // a memory that is pinned no longer; its text is the number of that event

/** Events that mark something in the journal and never enter the window. */
export type Mark = 'reset' | 'undoReset' | 'unpin';

/** What a span of the window holds: the kind of its event, or one of the two things that are no event. */
export type SpanKind = Exclude<EventKind, Mark> | 'sink' | 'branch';

export type EventState =
  | 'complete'
  | 'streaming' // a reply that is being written
  | 'interrupted'; // a reply that was stopped, or cut by the end of the engine process

/** One event of the stream, as the journal holds it. */
export interface EventView {
  readonly id: EventId;
  readonly kind: EventKind;
  /** Short and human: a path, the first words of a message. */
  readonly title: string;
  /** The body, without template markers. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly state: EventState;
}

/** The tokens of one event (or the sinks, or the branch) inside the window. */
export interface SpanView {
  /** Stable for the life of the span. */
  readonly id: number;
  readonly kind: SpanKind;
  /** The event that the tokens belong to; sinks and the branch have none. */
  readonly eventId?: EventId;
  readonly title: string;
  /** Position of the first token inside the cache. */
  readonly start: number;
  /** Tokens. */
  readonly length: number;
  /** Never evicted. */
  readonly pinned: boolean;
  /** When the event entered the window, milliseconds since 1970. */
  readonly at: number;
}

/** All counted by the engine itself since the stream began in this process, in tokens unless the name says otherwise. */
export interface Counters {
  /** Tokens that entered the window for the first time (events, replies; not branches). */
  readonly streamed: number;
  /** Tokens sampled from the model. */
  readonly generated: number;
  /** Tokens that went through llama_decode, whatever for. */
  readonly evaluated: number;
  /** Tokens of branches that were evaluated and rolled back. */
  readonly branched: number;
  /** Tokens evaluated a second time. 0 in normal life: the proof that nothing is re-processed behind the scenes. */
  readonly reEvaluated: number;
  /** Tokens erased from the window by the policy. */
  readonly evicted: number;
  /** Tokens moved to lower positions by evictions; they keep their KV. */
  readonly moved: number;
  /** Evictions (each one block). */
  readonly evictions: number;
  /** "Reset Window" by the person: the only reset there is. */
  readonly resets: number;
  /** Milliseconds in llama_decode while taking text in. */
  readonly prefillMs: number;
  /** Milliseconds in llama_decode while generating. */
  readonly decodeMs: number;
  /** Milliseconds spent erasing and shifting. */
  readonly shiftMs: number;
}

/** How well the model predicts what is streamed in: the sign of a cache that is in order. */
export interface HealthView {
  /** `alarm`: since an eviction the text surprises the model far more than before. `unknown`: too little was read. */
  readonly state: 'unknown' | 'good' | 'alarm';
  /** Mean of the last readings, in nats per token; 0 before the first. */
  readonly surprisal: number;
  /** What it usually is, in nats per token. */
  readonly baseline: number;
}

export interface Speed {
  /** Generated tokens per second, smoothed; 0 before the first. */
  readonly tokensPerSecond: number;
  /** Milliseconds from question to first token of the last reply; 0 before the first. */
  readonly timeToFirstToken: number;
  /** Milliseconds for one token of a reply, over the last few hundred; absent before the first. */
  readonly tokenLatency?: { readonly median: number; readonly p95: number; readonly worst: number };
}

export type PolicyName = 'sink' | 'window' | 'recompute' | 'dense';

/** The window at one moment. */
export interface WindowView {
  /** Tokens that the window may hold, the branch reserve included. */
  readonly capacity: number;
  /** Tokens kept free for the branch. */
  readonly reserve: number;
  /** Tokens that sinks and pinned spans may take together. */
  readonly pinnedBudget: number;
  /** Tokens held now, the branch included. */
  readonly used: number;
  /** In the order of positions; contiguous from 0. The branch, if any, is last. */
  readonly spans: readonly SpanView[];
  /** The eviction horizon: the oldest event, pinned ones apart, that the model still sees. */
  readonly horizon?: EventId;
  readonly policy: PolicyName;
  readonly counters: Counters;
  readonly speed: Speed;
  readonly health?: HealthView;
}

/** Facts about the loaded model and the device it runs on. */
export interface ModelView {
  readonly name: string;
  /** File name, without the folder. */
  readonly file: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly bytes: number;
  /** Tokens of context the model was trained with. */
  readonly trainedContext: number;
  readonly builtIn: boolean;
  readonly sinkMode: 'trained' | 'initial' | 'none';
  /** How many sink tokens the window keeps. */
  readonly sinks: number;
  /** Why the policy is not the one that was asked for. */
  readonly policyReason?: string;
  readonly fim: boolean;
  /** Another process writes this session; here it can only be read. Absent: it is ours. */
  readonly readOnly?: true;
  readonly device: DeviceView;
}

export interface DeviceView {
  readonly backend: 'cpu' | 'cuda' | 'vulkan' | 'metal';
  readonly name: string;
  readonly threads: number;
  /** Bytes of device memory in use, by this and everything else, where there is a device that tells. */
  readonly vram?: number;
  /** Bytes of device memory in all, where there is a device. */
  readonly memory?: number;
}

/** What changes too seldom, or costs too much to find out, to come with every window. */
export interface SessionFacts {
  /** Least tokens that leave at once. */
  readonly block: number;
  /** Most tokens that pinned spans may take. */
  readonly pinnedTokens: number;
  /** `cache`: positions inside the cache, so that they never leave the trained range. `original`: as in the stream. */
  readonly positions: 'cache' | 'original';
  /** Type of the K cache. */
  readonly keyType: string;
  /** The text of each sink token, in their order. */
  readonly sinkTokens: readonly string[];
  /** Events in the journal. */
  readonly events: number;
  readonly storage: StorageView;
  /** Bytes of main memory that the engine process holds. */
  readonly processMemory: number;
  /** Bytes of main memory that the machine has. */
  readonly machineMemory: number;
}

/** What the session takes on the disk, in bytes unless the name says otherwise. */
export interface StorageView {
  /** The journal with what belongs to its database. */
  readonly journal: number;
  /** Saved windows. */
  readonly checkpoints: number;
  readonly checkpointCount: number;
  /** When the newest was written, milliseconds since 1970; absent while there is none. */
  readonly newestCheckpoint?: number;
}

/** An error that a person meets: what happened, and what to do next. */
export interface UserError {
  readonly code: ErrorCode;
  /** One or two sentences. */
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

export type ErrorCode =
  | 'modelNotFound'
  | 'modelNotGguf'
  | 'modelTruncated'
  | 'modelUnsupported'
  | 'modelLoadFailed'
  | 'backendFailed'
  | 'outOfMemory'
  | 'engineCrashed'
  | 'engineGaveUp'
  | 'storageFailed'
  | 'sessionInUse'
  | 'settingInvalid'
  | 'windowFull'
  | 'nothingToUndo'
  | 'notPinned'
  | 'internal';

/** What a button under an error does. */
export type Remedy = 'retry' | 'chooseModel' | 'useBuiltInModel' | 'openSettings' | 'showLog';

/** The state of the engine as the panel and the status bar show it. */
export type EngineState =
  | { readonly phase: 'starting'; readonly detail: string }
  | { readonly phase: 'ready'; readonly model: ModelView }
  | { readonly phase: 'answering'; readonly model: ModelView; readonly replyId: EventId }
  | { readonly phase: 'restarting'; readonly attempt: number; readonly error: UserError }
  | { readonly phase: 'failed'; readonly error: UserError };
