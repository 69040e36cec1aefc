import type { SpanKind, WindowView } from '../../inference/views.js';
import { RECENT, type HistoryRange, type HistoryView, type StatsSample } from '../../webview-ui/stats/messages.js';
import { Timeline } from './timeline.js';

const SECOND = 1000;

/** What the window was like over time, kept while VS Code is open, in bounded room. */
export class StatsHistory {
  /** One moment more than the range has, for what was so at its beginning. */
  readonly #recent = new Timeline<StatsSample>({ interval: SECOND, capacity: RECENT / SECOND + 1, whenFull: 'forget' });
  readonly #all = new Timeline<StatsSample>({ interval: SECOND, capacity: 400, whenFull: 'thin' });
  #speed: number | undefined;

  record(window: WindowView, at: number): void {
    const sample = sampleOf(window, at, window.speed.tokensPerSecond !== this.#speed);
    this.#speed = window.speed.tokensPerSecond;
    this.#recent.add(sample);
    this.#all.add(sample);
  }

  view(range: HistoryRange, now: number): HistoryView {
    const { moments } = range === 'recent' ? this.#recent : this.#all;
    const first = range === 'recent' ? Math.max(0, firstSince(moments, now - RECENT) - 1) : 0;
    return { range, since: this.#all.moments[0]?.at ?? now, samples: moments.slice(first) };
  }
}

function sampleOf(window: WindowView, at: number, generating: boolean): StatsSample {
  const { speed, health, counters } = window;
  const tokens: Partial<Record<SpanKind, number>> = {};
  for (const { kind, length } of window.spans) if (length > 0) tokens[kind] = (tokens[kind] ?? 0) + length;
  return {
    at,
    tokens,
    evicted: counters.evicted,
    ...(health !== undefined && health.surprisal > 0 ? { surprisal: health.surprisal } : {}),
    ...(health !== undefined && health.state !== 'unknown' ? { baseline: health.baseline } : {}),
    // The engine tells the speed of the last reply until the next one; nobody wrote meanwhile.
    ...(generating && speed.tokensPerSecond > 0 ? { tokensPerSecond: speed.tokensPerSecond } : {}),
    ...(speed.tokenLatency === undefined ? {} : { latency: speed.tokenLatency }),
  };
}

/** Index of the first moment at or after `from`. */
function firstSince(moments: readonly StatsSample[], from: number): number {
  const index = moments.findIndex(({ at }) => at >= from);
  return index < 0 ? moments.length : index;
}
