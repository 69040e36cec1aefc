import type { FromPanel, ToPanel } from '../messages.js';
import { SCENARIOS } from './scenarios.js';
import { applyTheme } from './themes.js';

/** Stands in for VS Code: gives the panel its API and plays the scenario named in the address. */
declare global {
  interface Window {
    /** What the panel has posted, for whoever looks from outside. */
    posted: FromPanel[];
    send: (message: ToPanel) => void;
    /** Lets the talk of the scenario go on. */
    goOn: (events: number) => Promise<readonly number[]> | undefined;
    /** Starts the engine of the scenario again. */
    restart: (events: number) => void;
    acquireVsCodeApi: () => unknown;
  }
}

const [scenarioName = 'chat', themeName = 'dark'] = location.hash.slice(1).split(',');
const scenario = (SCENARIOS[scenarioName] ?? SCENARIOS['chat'])?.();
// Like VS Code's, the state outlives a reload of the page.
const STATE = 'endless-state';

applyTheme(themeName);
window.posted = [];
window.send = (message) => window.postMessage(message);
window.goOn = (events) => scenario?.goOn?.(events, window.send);
window.restart = (events) => scenario?.restart?.(events, window.send);
window.acquireVsCodeApi = () => ({
  postMessage(message: FromPanel) {
    window.posted.push(message);
    if (message.type === 'ready') scenario?.start(window.send);
    else scenario?.answer?.(message, window.send);
  },
  getState: () => JSON.parse(sessionStorage.getItem(STATE) ?? 'null') as unknown,
  setState: (next: unknown) => sessionStorage.setItem(STATE, JSON.stringify(next)),
});
