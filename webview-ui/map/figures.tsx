import { useId } from 'preact/hooks';
import type { HealthView, WindowView } from '../../inference/views.js';
import { formatCount, formatDuration, formatRate } from '../format.js';
import { t } from '../l10n.js';
import { healthName, surprisalText } from '../stats/healthText.js';

/** The figures under the strip. */
export function Figures({ window }: { readonly window: WindowView }) {
  const { counters, speed } = window;
  const firstToken = speed.timeToFirstToken;
  return (
    <dl class="figures" aria-label={t('Figures')}>
      <Figure name={t('Window')} value={t('{0} / {1}', formatCount(window.used), formatCount(window.capacity))} />
      <Figure name={t('Streamed')} value={formatCount(counters.streamed)} />
      <Figure name={t('Evicted')} value={formatCount(counters.evicted)} />
      <Figure name={t('Resets')} value={formatCount(counters.resets)} />
      <Figure name={t('Tokens/s')} value={formatRate(speed.tokensPerSecond)} />
      <Figure name={t('First token')} value={firstToken === 0 ? '–' : formatDuration(firstToken)} />
      {window.health && <HealthFigure health={window.health} />}
    </dl>
  );
}

function HealthFigure({ health }: { readonly health: HealthView }) {
  const id = useId();
  return (
    <div class={`figure figure-health health-${health.state}`} title={surprisalText(health)}>
      <dt id={id}>{t('Health')}</dt>
      <dd aria-labelledby={id}>
        {health.state === 'alarm' && <span class="codicon codicon-warning" aria-hidden="true" />}
        {healthName(health)}
        {health.state !== 'unknown' && <span class="figure-more"> · {surprisalText(health)}</span>}
      </dd>
    </div>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  const id = useId();
  return (
    <div class="figure">
      <dt id={id}>{name}</dt>
      <dd aria-labelledby={id}>{value}</dd>
    </div>
  );
}
