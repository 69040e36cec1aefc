import { formatCount } from '../../format.js';
import { t } from '../../l10n.js';
import type { StatsSample } from '../messages.js';
import { evictionTimes } from './paths.js';
import { xOf, type Frame } from './scale.js';
import type { Series } from './series.js';

/** Names the marks, and tells in a table how much has been evicted so far. */
export function evictionSeries(): Series {
  return { name: t('evicted'), mark: 'mark-eviction', text: ({ evicted }) => formatCount(evicted) };
}

interface EvictionsProps {
  readonly frame: Frame;
  readonly samples: readonly StatsSample[];
}

/** Marks on the time axis for the evictions. */
export function Evictions({ frame, samples }: EvictionsProps) {
  const marks = evictionTimes(samples)
    .filter((at) => at >= frame.from)
    .map((at) => `M${xOf(frame, at)} ${frame.height}v-8`);
  return <path class="chart-eviction" d={marks.join('')} />;
}
