import type { FromStats, HistoryRange } from './messages.js';

/** What VS Code gives to the script of a webview. */
interface VsCodeApi {
  postMessage(message: FromStats): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// May be called once only in the life of a page.
const api = acquireVsCodeApi();

export function post(message: FromStats): void {
  api.postMessage(message);
}

/** How the person looks at the page: what survives hiding and reloading it, and the host cannot know. */
export interface SavedView {
  readonly range: HistoryRange;
  /** Names of the charts that are shown as tables. */
  readonly tables: readonly string[];
  /** Pixels from the top. */
  readonly scroll: number;
}

export function loadSaved(): SavedView {
  const saved = api.getState();
  const { range, tables, scroll }: Partial<Record<keyof SavedView, unknown>> =
    typeof saved === 'object' && saved !== null ? saved : {};
  return {
    range: range === 'all' ? 'all' : 'recent',
    tables: Array.isArray(tables) ? tables.filter((name) => typeof name === 'string') : [],
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}

export function save(view: SavedView): void {
  api.setState(view);
}
