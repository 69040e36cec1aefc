import type { FromPanel, Settled } from '../../webview-ui/messages.js';

const SETTLED_BY: Readonly<Partial<Record<FromPanel['type'], Settled>>> = {
  ask: 'question',
  recall: 'recall',
  unpin: 'unpin',
};

/** What the panel waits for after such a message, and is to wait for no longer when its work has failed. */
export const settledBy = (type: FromPanel['type']): Settled | undefined => SETTLED_BY[type];
