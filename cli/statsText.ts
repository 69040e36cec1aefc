import type { HealthView, SpanKind, WindowView } from '../inference/views.js';

/** The window and the counters, for /stats. */
export function statsText(view: WindowView): string {
  const { counters, speed, health } = view;
  const rows: [string, string][] = [
    ['policy', view.policy],
    ['window', `${count(view.used)} of ${count(view.capacity)} tokens, ${count(view.reserve)} kept for completions`],
    ['holds', occupancy(view)],
    ['streamed', `${count(counters.streamed)} tokens, ${count(counters.generated)} of them generated`],
    ['evaluated', `${count(counters.evaluated)} tokens, ${count(counters.reEvaluated)} of them again`],
    ['evicted', `${count(counters.evicted)} tokens in ${count(counters.evictions)} evictions`],
    ['resets', count(counters.resets)],
    [
      'speed',
      `${speed.tokensPerSecond.toFixed(1)} tokens/s, first token after ${speed.timeToFirstToken.toFixed(0)} ms`,
    ],
    ...surprisalRow(health),
  ];
  return rows.map(([name, value]) => `${name.padEnd(10)} ${value}`).join('\n');
}

function surprisalRow(health: HealthView | undefined): [string, string][] {
  if (health === undefined || health.state === 'unknown') return [];
  const alarm = health.state === 'alarm' ? ', far more than before: /reanchor may mend it' : '';
  return [['surprisal', `${health.surprisal.toFixed(2)} nats/token, usually ${health.baseline.toFixed(2)}${alarm}`]];
}

function occupancy({ spans }: WindowView): string {
  const tokens = new Map<SpanKind, number>();
  for (const span of spans) tokens.set(span.kind, (tokens.get(span.kind) ?? 0) + span.length);
  return [...tokens].map(([kind, length]) => `${kind} ${count(length)}`).join(', ');
}

const count = (value: number): string => value.toLocaleString('en-GB');
