import { useId } from 'preact/hooks';
import type { WindowView } from '../../inference/views.js';
import { formatCount, formatDuration, formatRate } from '../format.js';
import { t } from '../l10n.js';

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
    </dl>
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
