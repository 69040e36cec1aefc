import { formatCount, formatShare } from '../../format.js';
import { t } from '../../l10n.js';
import { kindName, SPAN_KINDS } from '../../map/spanKind.js';
import type { StatsSample } from '../messages.js';
import { ChartCard } from './chartCard.js';
import type { TimeSpan } from './charts.js';
import { Evictions, evictionSeries } from './evictions.js';
import { KindPaints, paintOf } from './kindPaints.js';
import { stackedAreas } from './paths.js';
import type { Series } from './series.js';

interface OccupancyChartProps extends TimeSpan {
  /** Tokens that the window may hold. */
  readonly capacity: number;
}

/** What the window held over time, the kinds stacked in the order of the window's own. */
export function OccupancyChart({ samples, from, to, capacity }: OccupancyChartProps) {
  const kinds = SPAN_KINDS.filter((kind) => samples.some(({ tokens }) => (tokens[kind] ?? 0) > 0));
  const series = kinds.map((kind): Series => ({
    name: kindName(kind),
    mark: `swatch kind-${kind}`,
    text: ({ tokens }) => formatCount(tokens[kind] ?? 0),
  }));
  const newest = samples.at(-1);
  return (
    <ChartCard
      {...{ samples, from, to }}
      series={[...series, evictionSeries()]}
      id="occupancy"
      title={t('Occupancy by Kind (Tokens)')}
      summary={newest ? summary(newest, capacity) : t('No data yet')}
      // A window that was larger before a restart is still to be seen.
      top={Math.max(capacity, ...samples.map(held))}
      format={formatCount}
      height={200}
      wide
      draw={(frame) => (
        <>
          <KindPaints />
          {stackedAreas(frame, samples, ({ tokens }) => kinds.map((kind) => tokens[kind] ?? 0)).map((path, index) => {
            const kind = kinds[index];
            return kind && <path key={kind} class={`area area-${kind}`} d={path} fill={paintOf(kind)} />;
          })}
          <Evictions {...{ frame, samples }} />
        </>
      )}
    />
  );
}

const held = ({ tokens }: StatsSample): number => Object.values(tokens).reduce((sum, number) => sum + number, 0);

function summary(sample: StatsSample, capacity: number): string {
  const kinds = SPAN_KINDS.filter((kind) => (sample.tokens[kind] ?? 0) > 0);
  const parts = kinds.map((kind) => t('{0} {1}', kindName(kind), formatCount(sample.tokens[kind] ?? 0)));
  return t('{0} of the window is in use: {1}', formatShare(held(sample), capacity), parts.join(', '));
}
