/**
 * Every message between the extension host and the sink stats page, typed once. The page holds no truth: whenever it is
 * loaded it says `show`, and from then on it is sent all that it draws.
 */
import type { EngineState, Remedy, SessionFacts, SpanKind, WindowView } from '../../inference/views.js';
import type { AcceptanceView } from '../messages.js';

/** `recent`: the last minutes, second by second. `all`: since VS Code was opened, the coarser the longer ago that is. */
export type HistoryRange = 'recent' | 'all';

/** Milliseconds of the range `recent`. */
export const RECENT = 5 * 60_000;

/** The window at one moment, as far as the charts need it. */
export interface StatsSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Tokens of each kind that the window held. */
  readonly tokens: Readonly<Partial<Record<SpanKind, number>>>;
  /** Tokens erased so far. */
  readonly evicted: number;
  /** Mean of the last readings, in nats per token; absent before the first. */
  readonly surprisal?: number;
  /** What it usually was then. */
  readonly baseline?: number;
  /** Generated tokens per second; absent while nothing was generated. */
  readonly tokensPerSecond?: number;
  /** Milliseconds for one token of a reply, over the last few hundred; absent before the first. */
  readonly latency?: { readonly median: number; readonly p95: number; readonly worst: number };
}

export interface HistoryView {
  readonly range: HistoryRange;
  /** When the history began, milliseconds since 1970. */
  readonly since: number;
  /** Oldest first. The first may be older than the range: what it says was still so when that began. */
  readonly samples: readonly StatsSample[];
}

/** Something that did not enter the session. */
export interface LeftOutView {
  /** In words, in the language of the editor. */
  readonly reason: string;
  readonly count: number;
}

/** Names and versions, for a bug report. */
export interface Versions {
  readonly extension: string;
  readonly editor: string;
  /** Operating system and processor, such as `linux x64`. */
  readonly system: string;
}

/** Everything that the page shows. */
export interface StatsView {
  /** The time of the host: the clock of the page may be another machine's. */
  readonly now: number;
  readonly engine: EngineState;
  /** Absent until the engine has published one. */
  readonly window?: WindowView;
  readonly facts?: SessionFacts;
  readonly history: HistoryView;
  readonly leftOut: readonly LeftOutView[];
  /** What became of the completions that were offered. */
  readonly completions: AcceptanceView;
  readonly versions: Versions;
}

export type ToStats =
  | { readonly type: 'stats'; readonly stats: StatsView }
  /** Time has passed and nothing else has happened. */
  | { readonly type: 'tick'; readonly now: number };

export type FromStats =
  /** The page is loaded, or wants another range. */
  | { readonly type: 'show'; readonly range: HistoryRange }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'remedy'; readonly remedy: Remedy };
