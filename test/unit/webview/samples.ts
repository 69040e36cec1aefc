import type { EventKind, EventView, ModelView, SpanView, UserError, WindowView } from '../../../inference/views.js';
import { initialState, type PanelState } from '../../../webview-ui/state/panelState.js';

/** A panel that was just opened, with a draft in its composer. */
export const panelWith = (draft = ''): PanelState => initialState({ draft, attachments: [], setAside: [] });

export function event(id: number, kind: EventKind = 'message', more: Partial<EventView> = {}): EventView {
  return { id, kind, title: `title ${id}`, text: `text ${id}`, at: 1000 * id, state: 'complete', ...more };
}

export function span(id: number, start: number, length: number, more: Partial<SpanView> = {}): SpanView {
  return {
    id,
    kind: 'message',
    eventId: id,
    title: `title ${id}`,
    start,
    length,
    pinned: false,
    at: 1000 * id,
    ...more,
  };
}

export function windowOf(spans: readonly SpanView[], more: Partial<WindowView> = {}): WindowView {
  return {
    capacity: 1000,
    reserve: 100,
    pinnedBudget: 250,
    used: spans.reduce((sum, item) => sum + item.length, 0),
    spans,
    policy: 'sink',
    counters: {
      streamed: 3000,
      generated: 700,
      evaluated: 3000,
      branched: 40,
      reEvaluated: 0,
      evicted: 2100,
      moved: 9000,
      evictions: 12,
      resets: 0,
      prefillMs: 1500,
      decodeMs: 60_500,
      shiftMs: 80,
    },
    speed: { tokensPerSecond: 22.4, timeToFirstToken: 310 },
    ...more,
  };
}

export const MODEL: ModelView = {
  name: 'Endless Sink',
  file: 'sink.gguf',
  architecture: 'llama',
  parameters: 24_000_000,
  bytes: 26_000_000,
  trainedContext: 2048,
  builtIn: true,
  sinkMode: 'trained',
  sinks: 1,
  fim: true,
  device: { backend: 'cpu', name: 'Some CPU', threads: 8 },
};

export const CRASH: UserError = { code: 'engineCrashed', message: 'The engine ended.', remedies: ['retry', 'showLog'] };
