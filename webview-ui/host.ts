import type { FromPanel } from './messages.js';

/** What VS Code gives to the script of a webview. */
interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// May be called once only in the life of a page.
const api = acquireVsCodeApi();

export function post(message: FromPanel): void {
  api.postMessage(message);
}

/** What survives hiding and reloading the panel: only what the host cannot know. */
export interface SavedState {
  readonly draft: string;
  /** The event at the top of the view, if the person has left the bottom. */
  readonly readingAt?: number | undefined;
  /** Pixels of it that are above the view. */
  readonly readingBelow?: number | undefined;
}

export function loadSaved(): SavedState {
  const saved = api.getState();
  const fields: Partial<Record<string, unknown>> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  return {
    draft: typeof fields['draft'] === 'string' ? fields['draft'] : '',
    readingAt: typeof fields['readingAt'] === 'number' ? fields['readingAt'] : undefined,
    readingBelow: typeof fields['readingBelow'] === 'number' ? fields['readingBelow'] : undefined,
  };
}

let saved = loadSaved();

export function save(changes: Partial<SavedState>): void {
  saved = { ...saved, ...changes };
  api.setState(saved);
}
