import { useEffect } from 'preact/hooks';
import { post } from '../host.js';
import { panel } from '../state/store.js';
import { isWorthCounting } from './costHint.js';

/** Milliseconds without typing before tokens are counted. */
const SETTLE = 300;

/** The tokens of the text that would be sent, once the engine has counted them. */
export function useCost(text: string): number | undefined {
  const ready = panel.engine.value.phase === 'ready';
  useEffect(() => {
    if (!ready || !isWorthCounting(text)) return undefined;
    const timer = setTimeout(() => post({ type: 'count', text }), SETTLE);
    return () => clearTimeout(timer);
  }, [text, ready]);
  const counted = panel.counted.value;
  return counted?.text === text ? counted.tokens : undefined;
}
