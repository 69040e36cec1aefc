import { dispatch } from '../state/store.js';

const MAC = navigator.userAgent.includes('Mac OS');

/** Opens the find bar by its usual key: VS Code does not count the inside of a webview as the view in focus. */
export function openFindByKey(): void {
  window.addEventListener('keydown', (event) => {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
    const modified = MAC ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    if (key.toLowerCase() !== 'f' || !modified || altKey || shiftKey) return;
    event.preventDefault();
    dispatch({ type: 'findWished' });
  });
}
