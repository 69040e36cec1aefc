import type { EngineState, HealthView, ModelView, SessionFacts, WindowView } from '../../inference/views.js';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatParameters,
  formatRate,
  formatShare,
  formatTenths,
} from '../format.js';
import { t } from '../l10n.js';
import { healthName, surprisalText } from './healthText.js';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export function modelOf(engine: EngineState): ModelView | undefined {
  return engine.phase === 'ready' || engine.phase === 'answering' ? engine.model : undefined;
}

/** By which rules the window is kept. */
export function policyFacts(window: WindowView, model?: ModelView, facts?: SessionFacts): readonly Fact[] {
  const pinned = window.spans.filter((span) => span.pinned).reduce((sum, span) => sum + span.length, 0);
  return [
    { name: t('Policy'), value: model?.policyReason ? `${window.policy} (${model.policyReason})` : window.policy },
    ...(model ? [{ name: t('Sinks'), value: sinkText(model) }] : []),
    ...(facts ? [{ name: t('Sink tokens'), value: facts.sinkTokens.map(visible).join(' ') || t('none') }] : []),
    ...(facts ? [{ name: t('Positions'), value: positionText(facts) }] : []),
    { name: t('Capacity'), value: t('{0} tokens', formatCount(window.capacity)) },
    ...(facts ? [{ name: t('Eviction block'), value: t('at least {0} tokens', formatCount(facts.block)) }] : []),
    { name: t('Branch reserve'), value: t('{0} tokens', formatCount(window.reserve)) },
    {
      name: t('Pinned'),
      value: facts
        ? t('{0} of at most {1} tokens', formatCount(pinned), formatCount(facts.pinnedTokens))
        : t('{0} tokens', formatCount(pinned)),
    },
    ...(facts ? [{ name: t('Type of the keys'), value: facts.keyType }] : []),
  ];
}

/** White space inside a token is part of it and must be seen. */
function visible(token: string): string {
  return `‹${token.replace(/\n/g, '⏎').replace(/\t/g, '⇥').replace(/ /g, '␣')}›`;
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

function positionText({ positions }: SessionFacts): string {
  return positions === 'cache' ? t('inside the cache') : t('inside the stream');
}

/** What has gone through the window, in tokens. */
export function streamFacts({ counters }: WindowView): readonly Fact[] {
  return [
    { name: t('Streamed'), value: formatCount(counters.streamed) },
    { name: t('Generated'), value: formatCount(counters.generated) },
    { name: t('Evaluated'), value: formatCount(counters.evaluated) },
    { name: t('Re-evaluated'), value: formatCount(counters.reEvaluated) },
    { name: t('Branched'), value: formatCount(counters.branched) },
    { name: t('Evicted'), value: formatCount(counters.evicted) },
    { name: t('Evictions'), value: formatCount(counters.evictions) },
    { name: t('Moved'), value: formatCount(counters.moved) },
    { name: t('Resets'), value: formatCount(counters.resets) },
  ];
}

/** Where the time goes. */
export function timeFacts({ counters, speed, health }: WindowView): readonly Fact[] {
  const { prefillMs, decodeMs, shiftMs, evictions } = counters;
  const shifting = formatDuration(shiftMs);
  const { tokenLatency: latency, timeToFirstToken } = speed;
  return [
    { name: t('Taking in'), value: formatDuration(prefillMs) },
    { name: t('Generating'), value: formatDuration(decodeMs) },
    {
      name: t('Shifting'),
      value: evictions === 0 ? shifting : t('{0}, {1} ms an eviction', shifting, formatTenths(shiftMs / evictions)),
    },
    { name: t('First token'), value: timeToFirstToken === 0 ? '–' : formatDuration(timeToFirstToken) },
    { name: t('Tokens/s'), value: formatRate(speed.tokensPerSecond) },
    ...(latency ? [{ name: t('Token latency'), value: latencyText(latency) }] : []),
    ...(health ? [{ name: t('Health'), value: healthText(health) }] : []),
  ];
}

function latencyText({ median, p95, worst }: NonNullable<WindowView['speed']['tokenLatency']>): string {
  return t('{0} ms, 95 % within {1} ms, worst {2} ms', formatTenths(median), formatTenths(p95), formatTenths(worst));
}

function healthText(health: HealthView): string {
  return `${healthName(health)} (${surprisalText(health)})`;
}

export function modelFacts(model: ModelView): readonly Fact[] {
  return [
    { name: t('Model'), value: model.builtIn ? t('{0} (built in)', model.name) : model.name },
    { name: t('File'), value: t('{0}, {1}', model.file, formatBytes(model.bytes)) },
    {
      name: t('Architecture'),
      value: t('{0}, {1} parameters', model.architecture, formatParameters(model.parameters)),
    },
    { name: t('Trained context'), value: t('{0} tokens', formatCount(model.trainedContext)) },
    { name: t('Completion'), value: model.fim ? t('fill-in-the-middle') : t('not supported by this model') },
  ];
}

export function deviceFacts(model: ModelView, facts?: SessionFacts): readonly Fact[] {
  const { device } = model;
  return [
    { name: t('Device'), value: deviceText(model) },
    ...(device.backend === 'cpu' && device.name.toUpperCase() !== 'CPU'
      ? [{ name: t('Processor'), value: device.name }]
      : []),
    ...(device.vram === undefined ? [] : [{ name: t('Device memory'), value: memoryText(device.vram, device.memory) }]),
    ...(facts ? [{ name: t('Engine memory'), value: engineMemoryText(facts) }] : []),
  ];
}

function engineMemoryText({ processMemory, machineMemory }: SessionFacts): string {
  return t('{0} of {1}', formatBytes(processMemory), formatBytes(machineMemory));
}

function memoryText(used: number, all: number | undefined): string {
  return all === undefined
    ? t('{0} in use', formatBytes(used))
    : t('{0} of {1} in use ({2})', formatBytes(used), formatBytes(all), formatShare(used, all));
}

/** `CPU, 8 threads`, `Vulkan, NVIDIA RTX 4070`. */
export function deviceText({ device }: ModelView): string {
  const names = { cpu: t('CPU'), cuda: t('CUDA'), vulkan: t('Vulkan'), metal: t('Metal') };
  return device.backend === 'cpu'
    ? threadsText(names.cpu, device.threads)
    : t('{0}, {1}', names[device.backend], device.name);
}

function threadsText(device: string, threads: number): string {
  return threads === 1 ? t('{0}, 1 thread', device) : t('{0}, {1} threads', device, threads);
}
