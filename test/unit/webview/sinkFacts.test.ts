import { describe, expect, it } from 'vitest';
import { deviceText, occupancy, windowFacts } from '../../../webview-ui/stats/sinkFacts.js';
import { sinkMarkdown } from '../../../webview-ui/stats/sinkMarkdown.js';
import { MODEL, span, windowOf } from './samples.js';

const window = windowOf([
  span(-1, 0, 1, { kind: 'sink', pinned: true }),
  span(1, 1, 49, { kind: 'system', pinned: true }),
  span(2, 50, 100, { kind: 'edit' }),
  span(3, 150, 150, { kind: 'edit' }),
]);

describe('sink stats', () => {
  it('count spans and tokens by kind, and what is free', () => {
    expect(occupancy(window)).toEqual([
      { kind: 'sink', spans: 1, tokens: 1 },
      { kind: 'system', spans: 1, tokens: 49 },
      { kind: 'edit', spans: 2, tokens: 250 },
      { kind: 'free', spans: 0, tokens: 700 },
    ]);
  });

  it('name the device', () => {
    expect(deviceText(MODEL)).toBe('CPU, 8 threads');
    expect(deviceText({ ...MODEL, device: { backend: 'vulkan', name: 'RTX 4070', threads: 8 } })).toBe(
      'Vulkan, RTX 4070',
    );
  });

  it('tell latency and health where they are known', () => {
    const facts = windowFacts(
      windowOf([], {
        health: { state: 'alarm', surprisal: 5.24, baseline: 1.7 },
        speed: { tokensPerSecond: 20, timeToFirstToken: 90, tokenLatency: { median: 48, p95: 60, worst: 110 } },
      }),
      MODEL,
    );
    expect(facts).toContainEqual({ name: 'Health', value: 'alarm (5.2 nats per token, usually 1.7)' });
    expect(facts).toContainEqual({ name: 'Token latency', value: '48.0 ms, 95 % within 60.0 ms, worst 110.0 ms' });
    expect(windowFacts(window, MODEL).map(({ name }) => name)).not.toContain('Health');
  });

  it('become Markdown tables for a report', () => {
    const text = sinkMarkdown(window, { ...MODEL, policyReason: 'a|b' });
    expect(text).toContain('| Policy | sink (a\\|b) |');
    expect(text).toContain('| Sinks | 1 (trained) |');
    expect(text).toContain('| Re-evaluated | 0 |');
    expect(text).toContain('| edit | 2 | 250 | 25% |');
    expect(text).toContain('| Device | CPU, 8 threads |');
  });
});
