import { formatCount } from '../../format.js';
import { t } from '../../l10n.js';
import type { StatsSample } from '../messages.js';
import { apart, evictionTimes } from './paths.js';
import { xOf, type Frame } from './scale.js';
import type { Series } from './series.js';

/** Names the marks, and tells in a table how much has been evicted so far. */
export function evictionSeries(): Series {
  return { name: t('evicted'), mark: 'mark-eviction', text: ({ evicted }) => formatCount(evicted) };
}

/** Pixels between two marks: over a whole day there may be more than can be told apart. */
const LEAST_DISTANCE = 5;

interface EvictionsProps {
  readonly frame: Frame;
  readonly samples: readonly StatsSample[];
}

/** Marks on the time axis for the evictions. */
export function Evictions({ frame, samples }: EvictionsProps) {
  const places = evictionTimes(samples)
    .filter((at) => at >= frame.from)
    .map((at) => xOf(frame, at));
  const marks = apart(places, LEAST_DISTANCE).map((x) => `M${x} ${frame.height}v-8`);
  return <path class="chart-eviction" d={marks.join('')} />;
}
