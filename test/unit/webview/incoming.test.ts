import { describe, expect, it } from 'vitest';
import { parseToPanel } from '../../../webview-ui/incoming.js';
import type { ToPanel } from '../../../webview-ui/messages.js';
import { CRASH, event, MODEL, span, windowOf } from './samples.js';

const MESSAGES: readonly ToPanel[] = [
  { type: 'state', state: { phase: 'starting', detail: 'Loading' } },
  { type: 'state', state: { phase: 'ready', model: { ...MODEL, policyReason: 'cannot shift' } } },
  { type: 'state', state: { phase: 'answering', model: MODEL, replyId: 4 } },
  { type: 'state', state: { phase: 'restarting', attempt: 2, error: CRASH } },
  { type: 'state', state: { phase: 'failed', error: CRASH } },
  { type: 'window', window: windowOf([span(1, 0, 4)], { horizon: 1 }) },
  { type: 'state', state: { phase: 'ready', model: { ...MODEL, readOnly: true } } },
  {
    type: 'window',
    window: windowOf([], {
      health: { state: 'alarm', surprisal: 5.2, baseline: 1.7 },
      speed: { tokensPerSecond: 20, timeToFirstToken: 90, tokenLatency: { median: 48, p95: 60, worst: 110 } },
    }),
  },
  { type: 'page', events: [event(1)], more: true },
  { type: 'page', before: 9, events: [], more: false },
  { type: 'event', event: event(3, 'reset') },
  { type: 'delta', replyId: 4, text: 'a' },
  { type: 'notice', message: 'Restored.' },
  { type: 'notice', message: 'Full.', settles: 'question' },
  { type: 'trust', trusted: false },
  { type: 'focus' },
  { type: 'compose', text: 'a', send: true },
  { type: 'attached', attachment: { label: 'a.ts', text: 'a', tokens: 4 } },
  { type: 'counted', text: 'a', tokens: 4 },
  { type: 'find' },
  { type: 'found', text: 'a', ids: [4, 2], more: false },
  { type: 'spanText', spanId: 0, text: 'a' },
  { type: 'spanText', spanId: 7 },
  { type: 'reveal', eventId: 3 },
];

describe('parseToPanel', () => {
  it.each(MESSAGES)('lets a $type pass unchanged', (message) => {
    expect(parseToPanel(structuredClone(message))).toEqual(message);
  });

  it.each([
    undefined,
    'ready',
    { type: 'unknown' },
    { type: 'delta', replyId: 'x', text: 'a' },
    { type: 'event', event: { ...event(1), kind: 'other' } },
    { type: 'window', window: { ...windowOf([]), capacity: Number.NaN } },
    { type: 'state', state: { phase: 'ready' } },
    { type: 'notice', message: 'Full.', settles: 'everything' },
  ])('drops %j', (data) => {
    expect(parseToPanel(data)).toBeUndefined();
  });
});
