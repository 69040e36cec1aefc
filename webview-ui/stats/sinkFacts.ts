import type { EngineState, ModelView, SpanKind, WindowView } from '../../inference/views.js';
import { formatBytes, formatCount, formatDuration, formatParameters, formatRate } from '../format.js';
import { t } from '../l10n.js';
import { kindName, SPAN_KINDS } from '../map/spanKind.js';
import { healthName, surprisalText } from './healthText.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Occupancy {
  readonly kind: SpanKind | 'free';
  readonly spans: number;
  readonly tokens: number;
}

export function modelOf(engine: EngineState): ModelView | undefined {
  return engine.phase === 'ready' || engine.phase === 'answering' ? engine.model : undefined;
}

/** What the window does and has done. */
export function windowFacts(window: WindowView, model: ModelView | undefined): readonly Fact[] {
  const { counters } = window;
  return [
    { name: t('Policy'), value: model?.policyReason ? `${window.policy} (${model.policyReason})` : window.policy },
    ...(model ? [{ name: t('Sinks'), value: sinkText(model) }] : []),
    { name: t('Capacity'), value: t('{0} tokens', formatCount(window.capacity)) },
    { name: t('Branch reserve'), value: t('{0} tokens', formatCount(window.reserve)) },
    { name: t('Streamed'), value: formatCount(counters.streamed) },
    { name: t('Generated'), value: formatCount(counters.generated) },
    { name: t('Evaluated'), value: formatCount(counters.evaluated) },
    { name: t('Re-evaluated'), value: formatCount(counters.reEvaluated) },
    { name: t('Branched'), value: formatCount(counters.branched) },
    { name: t('Evicted'), value: formatCount(counters.evicted) },
    { name: t('Evictions'), value: formatCount(counters.evictions) },
    { name: t('Moved'), value: formatCount(counters.moved) },
    { name: t('Resets'), value: formatCount(counters.resets) },
    { name: t('Taking in'), value: formatDuration(counters.prefillMs) },
    { name: t('Generating'), value: formatDuration(counters.decodeMs) },
    { name: t('Shifting'), value: formatDuration(counters.shiftMs) },
    ...speedFacts(window),
  ];
}

function speedFacts({ speed, health }: WindowView): readonly Fact[] {
  const { tokenLatency: latency } = speed;
  return [
    { name: t('Tokens/s'), value: formatRate(speed.tokensPerSecond) },
    ...(latency
      ? [
          {
            name: t('Token latency'),
            value: t(
              '{0} ms, 95 % within {1} ms, worst {2} ms',
              latency.median.toFixed(1),
              latency.p95.toFixed(1),
              latency.worst.toFixed(1),
            ),
          },
        ]
      : []),
    ...(health ? [{ name: t('Health'), value: `${healthName(health)} (${surprisalText(health)})` }] : []),
  ];
}

function sinkText(model: ModelView): string {
  switch (model.sinkMode) {
    case 'trained':
      return t('{0} (trained)', model.sinks);
    case 'initial':
      return t('{0} (initial tokens)', model.sinks);
    case 'none':
      return t('none');
  }
}

export function modelFacts(model: ModelView): readonly Fact[] {
  const { device } = model;
  return [
    { name: t('Model'), value: model.builtIn ? t('{0} (built in)', model.name) : model.name },
    { name: t('File'), value: t('{0}, {1}', model.file, formatBytes(model.bytes)) },
    {
      name: t('Architecture'),
      value: t('{0}, {1} parameters', model.architecture, formatParameters(model.parameters)),
    },
    { name: t('Trained context'), value: t('{0} tokens', formatCount(model.trainedContext)) },
    { name: t('Completion'), value: model.fim ? t('fill-in-the-middle') : t('not supported by this model') },
    { name: t('Device'), value: deviceText(model) },
    ...(device.vram === undefined ? [] : [{ name: t('Device memory'), value: formatBytes(device.vram) }]),
  ];
}

/** `CPU, 8 threads`, `Vulkan, NVIDIA RTX 4070`. */
export function deviceText({ device }: ModelView): string {
  const names = { cpu: t('CPU'), cuda: t('CUDA'), vulkan: t('Vulkan'), metal: t('Metal') };
  return device.backend === 'cpu'
    ? t('{0}, {1} threads', names.cpu, device.threads)
    : t('{0}, {1}', names[device.backend], device.name);
}

/** Tokens of the window by kind; the kinds that hold none are left out, what is free comes last. */
export function occupancy(window: WindowView): readonly Occupancy[] {
  const byKind = SPAN_KINDS.map((kind) => {
    const spans = window.spans.filter((span) => span.kind === kind);
    return { kind, spans: spans.length, tokens: spans.reduce((sum, span) => sum + span.length, 0) };
  });
  const free: Occupancy = { kind: 'free', spans: 0, tokens: Math.max(0, window.capacity - window.used) };
  return [...byKind.filter((row) => row.spans > 0), free];
}

export function occupantName(kind: Occupancy['kind']): string {
  return kind === 'free' ? t('free') : kindName(kind);
}
