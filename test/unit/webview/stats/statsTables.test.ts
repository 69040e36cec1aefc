import { describe, expect, it } from 'vitest';
import { occupancy } from '../../../../webview-ui/stats/occupancy.js';
import { deviceFacts, deviceText } from '../../../../webview-ui/stats/sinkFacts.js';
import { sinkMarkdown } from '../../../../webview-ui/stats/sinkMarkdown.js';
import { factTables } from '../../../../webview-ui/stats/statsTables.js';
import type { StatsView } from '../../../../webview-ui/stats/messages.js';
import { CRASH, MODEL, windowOf } from '../samples.js';
import { FACTS, statsOf, WINDOW } from './sampleStats.js';

function values(stats: StatsView, caption: string): Readonly<Record<string, string>> {
  const table = factTables(stats).find((candidate) => candidate.caption === caption);
  return Object.fromEntries((table?.facts ?? []).map(({ name, value }) => [name, value]));
}

describe('occupancy', () => {
  it('counts spans and tokens by kind, and what is free', () => {
    expect(occupancy(WINDOW)).toEqual([
      { kind: 'sink', spans: 1, tokens: 1 },
      { kind: 'system', spans: 1, tokens: 49 },
      { kind: 'edit', spans: 2, tokens: 250 },
      { kind: 'free', spans: 0, tokens: 700 },
    ]);
  });
});

describe('the tables', () => {
  it('tell the policy with its sink tokens, positions, block and budget', () => {
    const model = { ...MODEL, sinkMode: 'initial', sinks: 3 } as const;
    const engine = { phase: 'ready', model } as const;
    const facts = { ...FACTS, sinkTokens: ['<s>', ' You', '\n'] };
    expect(values(statsOf({ engine, facts }), 'Policy')).toEqual({
      Policy: 'sink',
      Sinks: '3 (initial tokens)',
      'Sink tokens': '‹<s>› ‹␣You› ‹⏎›',
      Positions: 'inside the cache',
      Capacity: '1,000 tokens',
      'Eviction block': 'at least 64 tokens',
      'Branch reserve': '100 tokens',
      Pinned: '50 of at most 250 tokens',
      'Type of the keys': 'f16',
    });
  });

  it('say why the policy is not the one that was asked for', () => {
    const engine = { phase: 'ready', model: { ...MODEL, policyReason: 'cannot shift' } } as const;
    expect(values(statsOf({ engine }), 'Policy')['Policy']).toBe('sink (cannot shift)');
  });

  it('tell every counter, and what an eviction takes', () => {
    expect(values(statsOf(), 'Stream')).toMatchObject({ Streamed: '3,000', 'Re-evaluated': '0', Evicted: '2,100' });
    expect(values(statsOf(), 'Time')['Shifting']).toBe('80 ms, 6.7 ms an eviction');
  });

  it('tell latency and health where they are known', () => {
    const window = windowOf([], {
      health: { state: 'alarm', surprisal: 5.24, baseline: 1.7 },
      speed: { tokensPerSecond: 20, timeToFirstToken: 90, tokenLatency: { median: 48, p95: 60, worst: 110 } },
    });
    expect(values(statsOf({ window }), 'Time')).toMatchObject({
      Health: 'alarm (5.2 nats per token, usually 1.7)',
      'Token latency': '48.0 ms, 95 % within 60.0 ms, worst 110.0 ms',
    });
    expect(values(statsOf(), 'Time')).not.toHaveProperty('Health');
  });

  it('tell what the session takes on the disk', () => {
    expect(values(statsOf(), 'On Disk')).toMatchObject({
      Journal: '200 kB, 120 events',
      Checkpoints: '5 MB, 2 of them',
    });
  });

  it('tell what became of the completions, and nothing of none', () => {
    expect(values(statsOf(), 'Completions')).toMatchObject({
      Shown: '40',
      Accepted: '12 of 40 (30%)',
      'Kept after 30 s': '9 of 10 (90%)',
    });
    const completions = { shown: 0, accepted: 0, characters: 0, judged: 0, kept: 0, since: 0 };
    expect(values(statsOf({ completions }), 'Completions')).toMatchObject({ Accepted: '–', 'Kept after 30 s': '–' });
  });

  it('name the device and its memory', () => {
    expect(deviceText(MODEL)).toBe('CPU, 8 threads');
    expect(deviceText({ ...MODEL, device: { ...MODEL.device, threads: 1 } })).toBe('CPU, 1 thread');
    const gpu = {
      ...MODEL,
      device: { backend: 'vulkan', name: 'RTX 4070', threads: 8, vram: 3 * 2 ** 30, memory: 12 * 2 ** 30 },
    } as const;
    expect(deviceFacts(gpu, FACTS)).toEqual([
      { name: 'Device', value: 'Vulkan, RTX 4070' },
      { name: 'Device memory', value: '3 GB of 12 GB in use (25%)' },
      { name: 'Engine memory', value: '143 MB of 16 GB' },
    ]);
  });

  it('leave out what is not known while there is no engine', () => {
    const { window, facts, ...rest } = statsOf({ engine: { phase: 'failed', error: CRASH } });
    expect([window, facts]).not.toContain(undefined);
    expect(factTables(rest).map(({ caption }) => caption)).toEqual(['Completions', 'Left Out', 'Versions']);
  });
});

describe('Copy as Markdown', () => {
  it('makes tables for a report', () => {
    const text = sinkMarkdown(statsOf());
    expect(text).toMatch(/^## Endless: sink stats\n/);
    expect(text).toContain('### Policy\n\n| Figure | Value |\n| --- | --- |\n| Policy | sink |');
    expect(text).toContain('| edit | 2 | 250 | 25% |');
    expect(text).toContain('| Files that hold secrets | 3 |');
    expect(text).toContain('| VS Code | 1.105.0 |');
  });

  it('keeps its tables whole, whatever the values hold', () => {
    const engine = { phase: 'ready', model: { ...MODEL, policyReason: 'a|b\nc <d>' } } as const;
    expect(sinkMarkdown(statsOf({ engine }))).toContain('| Policy | sink (a\\|b c \\<d>) |');
  });

  it('says what is wrong, and that nothing was left out', () => {
    const text = sinkMarkdown(statsOf({ engine: { phase: 'failed', error: CRASH }, leftOut: [] }));
    expect(text).toContain('> The engine ended.');
    expect(text).toContain('### Left Out\n\nNothing was left out of the session.');
  });
});
