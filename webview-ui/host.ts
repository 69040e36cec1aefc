import type { FromPanel } from './messages.js';
import { readSaved, type SavedState } from './state/savedState.js';

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

export function loadSaved(): SavedState {
  return readSaved(api.getState());
}

let saved = loadSaved();

export function save(changes: Partial<SavedState>): void {
  saved = { ...saved, ...changes };
  api.setState(saved);
}
