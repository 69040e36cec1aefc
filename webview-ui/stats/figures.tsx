import { useId } from 'preact/hooks';
import type { WindowView } from '../../inference/views.js';
import { formatCount, formatDuration, formatRate, formatShare } from '../format.js';
import { t } from '../l10n.js';
import { healthName, surprisalText } from './healthText.js';

/** The few figures that say how the session is doing. */
export function Figures({ window }: { readonly window: WindowView }) {
  const { counters, speed, health, used, capacity } = window;
  const firstToken = speed.timeToFirstToken;
  return (
    <dl class="stats-figures">
      <Figure
        name={t('Window')}
        value={t('{0} / {1}', formatCount(used), formatCount(capacity))}
        more={t('{0} in use', formatShare(used, capacity))}
      />
      <Figure name={t('Streamed')} value={formatCount(counters.streamed)} more={t('since the start')} />
      <Figure
        name={t('Evicted')}
        value={formatCount(counters.evicted)}
        more={counters.evictions === 1 ? t('in 1 eviction') : t('in {0} evictions', formatCount(counters.evictions))}
      />
      <Figure
        name={t('Re-evaluated')}
        value={formatCount(counters.reEvaluated)}
        more={counters.reEvaluated === 0 ? t('no token twice') : t('tokens twice')}
      />
      <Figure name={t('Tokens/s')} value={formatRate(speed.tokensPerSecond)} more={t('of the last reply')} />
      <Figure
        name={t('First token')}
        value={firstToken === 0 ? '–' : formatDuration(firstToken)}
        more={t('after asking')}
      />
      {health && (
        <Figure
          name={t('Health')}
          value={healthName(health)}
          more={surprisalText(health)}
          alarm={health.state === 'alarm'}
        />
      )}
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  /** What the value means, quietly under it. */
  readonly more: string;
  readonly alarm?: boolean;
}

function Figure({ name, value, more, alarm = false }: FigureProps) {
  const id = useId();
  return (
    <div class={alarm ? 'stats-figure stats-alarm' : 'stats-figure'}>
      <dt id={id}>{name}</dt>
      <dd aria-labelledby={id}>
        {alarm && <span class="codicon codicon-warning" aria-hidden="true" />}
        {value}
      </dd>
      <dd class="stats-more">{more}</dd>
    </div>
  );
}
